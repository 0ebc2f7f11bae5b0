#include "ui/pages/run_filter_bar.h"

#include <QHBoxLayout>
#include <QLocale>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/pages/selector_completer.h"
#include "ui/theme/held.h"
#include "ui/widgets/choice_menu.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

/// Of what is wrong with the selector, where there is little room.
constexpr double kLeastProblem = 300;
constexpr qint64 kDayMs = 24LL * 3600 * 1000;

Status statusOfGroup(StateGroup group) {
    switch (group) {
        case StateGroup::Running:
            return Status::Running;
        case StateGroup::Stuck:
            return Status::Stuck;
        case StateGroup::Failed:
            return Status::Failed;
        case StateGroup::Cancelled:
            return Status::Cancelled;
    }
    return Status::Pending;
}

/// As the column says it.
QString valueName(const QString& value) {
    if (value.isEmpty()) return QStringLiteral("none");
    return value == QLatin1String("base-image") ? QStringLiteral("base image") : value;
}

}  // namespace

RunFilterBar::RunFilterBar(const Theme& theme, const RunSet& runs, const Clock& clock, QWidget* parent)
    : QWidget(parent), theme_(theme), runs_(runs), clock_(clock) {
    auto* row = new FlowLayout(this);
    row->setContentsMargins(24, 0, 24, 12);
    row->setSpacing(8);
    addGroup(StateGroup::Running, QStringLiteral("Running"));
    addGroup(StateGroup::Stuck, QStringLiteral("Stuck"));
    addGroup(StateGroup::Failed, QStringLiteral("Failed"));
    addGroup(StateGroup::Cancelled, QStringLiteral("Cancelled"));
    // Between two kinds of chips.
    auto* rule = new Rule(theme_, &Colors::lineDefault, this);
    rule->setFixedSize(1, 16);
    row->addWidget(rule);
    addChoice(QStringLiteral("Service"), &RunFilter::services, &RunRow::service);
    addChoice(QStringLiteral("Branch"), &RunFilter::branches, &RunRow::branch);
    addChoice(QStringLiteral("Trigger"), &RunFilter::triggers, &RunRow::triggerKind);
    recent_ = new Chip(theme_, QStringLiteral("Last 24 h"), this);
    row->addWidget(recent_);
    connect(recent_, &QAbstractButton::clicked, this, &RunFilterBar::toggleRecent);
    selector_ = new IconField(theme_, QStringLiteral("filter"), QStringLiteral("Label selector, e.g. trigger=push"),
                              {}, this);
    selector_->setMono(true);
    keepScaled(theme_, selector_, [this] { fitSelector(); });
    problem_ = new ElidedLabel(this);
    keepScaled(theme_, problem_, [this] {
        problem_->setFont(theme_.fonts().small);
        QPalette palette = problem_->palette();
        palette.setColor(QPalette::WindowText, theme_.colors().bad.text);
        problem_->setPalette(palette);
        fitProblem();
    });
    problem_->hide();
    // What is wrong with it stands before it, on whichever line that is.
    auto* asked = new QWidget(this);
    auto* both = new QHBoxLayout(asked);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(8);
    both->setSizeConstraint(QLayout::SetMinAndMaxSize);
    both->addWidget(problem_);
    both->addWidget(selector_, 1);
    row->addWidget(asked);
    connect(selector_, &QLineEdit::textChanged, this, &RunFilterBar::fitSelector);
    connect(selector_, &QLineEdit::textChanged, this, &RunFilterBar::applySelector);
    offers_ = new SelectorCompleter(theme_, *selector_, runs_);  // the field's; it stands below what was fitted
}

void RunFilterBar::fitSelector() {
    // As long as what stands in it, with icon and cross.
    const QString text = selector_->text();
    const int wanted = qRound(textWidth(theme_.fonts().mono, text)) + theme_.px(64);
    const int least = text.isEmpty() ? theme_.px(140) : std::clamp(wanted, theme_.px(140), theme_.px(280));
    selector_->setMinimumWidth(least);
    selector_->setMaximumWidth(std::clamp(wanted, theme_.px(280), theme_.px(480)));
}

void RunFilterBar::fitProblem() {
    const double whole = textWidth(theme_.fonts().small, problem_->text()) + 1;
    problem_->setMinimumWidth(qRound(std::min<double>(whole, theme_.px(kLeastProblem))));
}

void RunFilterBar::addGroup(StateGroup group, const QString& text) {
    auto* chip = new Chip(theme_, text, this);
    layout()->addWidget(chip);
    groups_.push_back({group, chip});
    connect(chip, &QAbstractButton::clicked, this, [this, group](bool on) {
        if (on) {
            filter_.groups.insert(static_cast<int>(group));
        } else {
            filter_.groups.remove(static_cast<int>(group));
        }
        emit filterChanged();
    });
}

void RunFilterBar::addChoice(const QString& what, QStringList RunFilter::*part, QString RunRow::*value) {
    auto* chip = new Chip(theme_, what + QStringLiteral(": any"), this);
    chip->setTail(Chip::Tail::Choice);
    layout()->addWidget(chip);
    choices_.push_back({what, part, value, chip});
    connect(chip, &QAbstractButton::clicked, this, [this, at = choices_.size() - 1] { openChoice(choices_[at]); });
}

void RunFilterBar::openChoice(const Choice& choice) {
    const QStringList chosen = filter_.*choice.part;
    choice.chip->setChecked(!chosen.isEmpty());
    RunFilter others = filter_;
    (others.*choice.part).clear();
    QHash<QString, int> counts;
    runs_.forEach([&](const RunRow& row) {
        int& count = counts[row.*choice.value];
        count += others.accepts(row) ? 1 : 0;
    });
    QStringList values = counts.keys();
    values.sort(Qt::CaseInsensitive);
    auto* menu = new ChoiceMenu(this);
    QAction* any = menu->addAction(QStringLiteral("Any"));
    any->setCheckable(true);
    any->setChecked(chosen.isEmpty());
    menu->addSeparator();
    for (const QString& value : values) {
        const QString name = valueName(value).replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction* action =
            menu->addAction(name + QLatin1Char('\t') + QLocale(QLocale::English).toString(counts.value(value)));
        action->setCheckable(true);
        action->setChecked(chosen.contains(value));
        connect(action, &QAction::toggled, this, [this, choice, any, value](bool on) {
            QStringList now = filter_.*choice.part;
            on ? now.append(value) : static_cast<void>(now.removeAll(value));
            any->setChecked(now.isEmpty());
            setChosen(choice, now);
        });
    }
    connect(any, &QAction::triggered, this, [this, choice] { setChosen(choice, {}); });
    menu->popup(choice.chip->mapToGlobal(QPoint(0, choice.chip->height() + 4)));
}

void RunFilterBar::setChosen(const Choice& choice, const QStringList& values) {
    filter_.*choice.part = values;
    QString text = values.isEmpty() ? QStringLiteral("any") : valueName(values.front());
    if (values.size() > 1) text += QStringLiteral(" +%1").arg(values.size() - 1);
    choice.chip->setChecked(!values.isEmpty());
    choice.chip->setChipText(choice.what + QStringLiteral(": ") + text);
    QStringList names;
    for (const QString& value : values) names << valueName(value);
    choice.chip->setToolTip(plainTip(names.join(QLatin1Char('\n'))));
    emit filterChanged();
}

void RunFilterBar::toggleRecent(bool on) {
    filter_.createdAfterMs = on ? toMillis(clock_.now()) - kDayMs : 0;
    recent_->setTail(on ? Chip::Tail::Cross : Chip::Tail::None);
    emit filterChanged();
}

void RunFilterBar::applySelector(const QString& text) {
    // A value is about to be typed; until then what was asked for stays.
    if (text.trimmed().endsWith(QLatin1Char('='))) return;
    QString problem;
    const auto selector = LabelSelector::parse(text, &problem);
    setProblem(problem);
    if (!selector) return;
    filter_.selector = *selector;
    emit filterChanged();
}

void RunFilterBar::setProblem(const QString& why) {
    selector_->setProblem(why);
    problem_->setWhole(why);
    fitProblem();
    problem_->setVisible(!why.isEmpty());
}

void RunFilterBar::setWords(const QStringList& words) {
    if (words == filter_.words) return;
    filter_.words = words;
    emit filterChanged();
}

void RunFilterBar::setHeld(bool held) {
    if (held == held_) return;
    held_ = held;
    refreshCounts();
}

void RunFilterBar::clear() {
    filter_ = RunFilter{};
    for (const GroupChip& group : groups_) group.chip->setChecked(false);
    recent_->setChecked(false);
    recent_->setTail(Chip::Tail::None);
    const QSignalBlocker quiet(selector_);
    selector_->clear();
    fitSelector();
    offers_->popup()->hide();
    setProblem({});
    for (const Choice& choice : choices_) setChosen(choice, {});
}

void RunFilterBar::refreshCounts() {
    RunFilter others = filter_;
    others.groups.clear();
    std::vector<int> counts(groups_.size(), 0);
    const bool plain = !others.active();
    if (plain) {
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            for (int state = 0; state < 9; ++state) {
                if (isInGroup(static_cast<tekton::RunState>(state), groups_[i].group)) {
                    counts[i] += runs_.count(static_cast<tekton::RunState>(state));
                }
            }
        }
    } else {
        runs_.forEach([&](const RunRow& row) {
            if (!others.accepts(row)) return;
            for (std::size_t i = 0; i < groups_.size(); ++i)
                counts[i] += isInGroup(row.state, groups_[i].group) ? 1 : 0;
        });
    }
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        groups_[i].chip->setCount(counts[i], shownAs(statusOfGroup(groups_[i].group), held_));
    }
}

}  // namespace cerebral::ui
