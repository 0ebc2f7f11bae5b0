#include "ui/pages/run_filter_bar.h"

#include <QMenu>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

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
    service_ = addChoice(QStringLiteral("Service"), &RunFilter::service, &RunRow::service);
    branch_ = addChoice(QStringLiteral("Branch"), &RunFilter::branch, &RunRow::branch);
    trigger_ = addChoice(QStringLiteral("Trigger"), &RunFilter::trigger, &RunRow::triggerKind);
    recent_ = new Chip(theme_, QStringLiteral("Last 24 h"), this);
    row->addWidget(recent_);
    connect(recent_, &QAbstractButton::clicked, this, &RunFilterBar::toggleRecent);
    selector_ = new IconField(theme_, QStringLiteral("filter"), QStringLiteral("Label selector, e.g. trigger=push"),
                              {}, this);
    selector_->setMono(true);
    keepScaled(theme_, selector_, [this] {
        selector_->setMinimumWidth(theme_.px(140));
        selector_->setMaximumWidth(theme_.px(280));
    });
    row->addWidget(selector_);
    connect(selector_, &QLineEdit::textChanged, this, &RunFilterBar::applySelector);
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

Chip* RunFilterBar::addChoice(const QString& what, QString RunFilter::*part, QString RunRow::*value) {
    auto* chip = new Chip(theme_, what + QStringLiteral(": any"), this);
    chip->setTail(Chip::Tail::Choice);
    layout()->addWidget(chip);
    connect(chip, &QAbstractButton::clicked, this,
            [this, chip, what, part, value] { openChoice(chip, what, part, value); });
    return chip;
}

void RunFilterBar::openChoice(Chip* chip, const QString& what, QString RunFilter::*part, QString RunRow::*value) {
    chip->setChecked(!(filter_.*part).isEmpty());
    QStringList values;
    runs_.forEach([&](const RunRow& row) { values.append(row.*value); });
    values.removeAll(QString());
    values.removeDuplicates();
    values.sort(Qt::CaseInsensitive);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const QString& choice) {
        QAction* action = menu->addAction(QString(text).replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(filter_.*part == choice);
        connect(action, &QAction::triggered, this, [=, this] { setChoice(chip, what, part, choice); });
    };
    add(QStringLiteral("Any"), QString());
    menu->addSeparator();
    for (const QString& choice : values) add(choice, choice);
    menu->popup(chip->mapToGlobal(QPoint(0, chip->height() + 4)));
}

void RunFilterBar::setChoice(Chip* chip, const QString& what, QString RunFilter::*part, const QString& value) {
    filter_.*part = value;
    chip->setChecked(!value.isEmpty());
    chip->setChipText(value.isEmpty() ? what + QStringLiteral(": any") : what + QStringLiteral(": ") + value);
    emit filterChanged();
}

void RunFilterBar::toggleRecent(bool on) {
    filter_.createdAfterMs = on ? toMillis(clock_.now()) - kDayMs : 0;
    recent_->setTail(on ? Chip::Tail::Cross : Chip::Tail::None);
    emit filterChanged();
}

void RunFilterBar::applySelector(const QString& text) {
    QString problem;
    const auto selector = LabelSelector::parse(text, &problem);
    selector_->setProblem(problem);
    if (!selector) return;
    filter_.selector = *selector;
    emit filterChanged();
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
    selector_->setProblem({});
    setChoice(service_, QStringLiteral("Service"), &RunFilter::service, {});
    setChoice(branch_, QStringLiteral("Branch"), &RunFilter::branch, {});
    setChoice(trigger_, QStringLiteral("Trigger"), &RunFilter::trigger, {});
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
        const bool unsure = held_ && groups_[i].group == StateGroup::Running;
        groups_[i].chip->setCount(counts[i], unsure ? Status::Held : statusOfGroup(groups_[i].group));
    }
}

}  // namespace cerebral::ui
