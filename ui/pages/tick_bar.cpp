#include "ui/pages/tick_bar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>
#include <map>

#include "ui/widgets/empty_state.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

constexpr double kHeight = 48;

/// "succeeded", "failed": what ran out of time has failed too.
QString groupWord(tekton::RunState state) {
    if (isInGroup(state, StateGroup::Failed)) return QStringLiteral("failed");
    if (state == tekton::RunState::Completed) state = tekton::RunState::Succeeded;
    return stateWord(state).toLower();
}

/// "3 failed runs of 2 services", "2 running, 1 failed run of bmad-services"
QString describe(const std::vector<const RunRow*>& rows) {
    std::map<QString, int> states;
    QStringList services;
    for (const RunRow* row : rows) {
        ++states[groupWord(row->state)];
        services << row->service;
    }
    services.removeDuplicates();
    QStringList parts;
    for (const auto& [state, count] : states) parts << QStringLiteral("%1 %2").arg(count).arg(state);
    const bool one = states.rbegin()->second == 1;
    return QStringLiteral("%1 %2 of %3")
        .arg(parts.join(QStringLiteral(", ")), one ? QStringLiteral("run") : QStringLiteral("runs"),
             services.size() == 1 ? services.front() : QStringLiteral("%1 services").arg(services.size()));
}

}  // namespace

TickBar::TickBar(const Theme& theme, RunsPage& page, RunSet& runs, const RunActions& rights, DeskActions& actions)
    : QWidget(&page), theme_(theme), page_(page), actions_(actions) {
    setAccessibleName(QStringLiteral("Ticked runs"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(24, 1, 16, 0);
    row->setSpacing(8);
    count_ = makeLabel(theme_, &Fonts::strong, &Colors::text1, {}, this);
    what_ = new ElidedLabel(this);
    followTheme(theme_, *what_, &Fonts::small, &Colors::text3);
    what_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(count_);
    row->addWidget(what_, 1);
    addAction(QStringLiteral("rebuild"), QStringLiteral("rebuild"), QStringLiteral("Rebuild"));
    addAction(QStringLiteral("cancel"), QStringLiteral("stop"), QStringLiteral("Cancel"));
    addAction(QStringLiteral("delete"), QStringLiteral("trash"), QStringLiteral("Delete"));
    addAction(QStringLiteral("copy-kubectl"), QStringLiteral("copy"), QStringLiteral("Copy as kubectl"));
    auto* none = new Button(theme_, QStringLiteral("x"), {}, Button::Kind::Ghost, this);
    none->setHint(QStringLiteral("Tick none (Esc)"));
    row->addWidget(none);
    keepHeight(theme_, this, kHeight);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    page.addBelow(this);
    connect(none, &QAbstractButton::clicked, &page.table(), &RunTable::clearTicks);
    connect(&page.table(), &RunTable::ticksChanged, this, &TickBar::refresh);
    connect(&page.model(), &QAbstractItemModel::rowsRemoved, this, &TickBar::refresh);
    connect(&runs, &RunSet::changed, this, [this] {
        if (isVisibleTo(&page_)) refresh();
    });
    connect(&rights, &RunActions::rightsChanged, this, &TickBar::refresh);
    connect(&theme_, &Theme::changed, this, &TickBar::fit);
    refresh();
}

void TickBar::addAction(const QString& id, const QString& icon, const QString& text) {
    auto* button = new Button(theme_, icon, text, Button::Kind::Default, this);
    button->setAccessibleName(text);
    layout()->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, id] {
        const auto rows = page_.table().tickedRuns();
        if (!rows.empty()) actions_.perform(id, actions_.targetOf(rows));
    });
    entries_.push_back({id, text, button});
}

void TickBar::refresh() {
    const auto rows = page_.table().tickedRuns();
    setVisible(!rows.empty());
    if (rows.empty()) return;
    count_->setText(QStringLiteral("%1 selected").arg(rows.size()));
    what_->setWhole(describe(rows));
    fit();
    const std::vector<DeskAction> actions = actions_.actionsFor(actions_.targetOf(rows));
    for (const Entry& entry : entries_) {
        for (const DeskAction& action : actions) {
            if (action.id == entry.id) entry.button->setRefusal(action.refusal);
        }
    }
}

void TickBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void TickBar::fit() {
    // Where there is no room for words there is for icons; what cannot be had back keeps its word longest.
    int words = 0;
    const auto say = [](const Entry& entry, bool said) {
        entry.button->setText(said ? entry.text : QString());
        entry.button->setHint(said ? QString() : entry.text);
        return entry.button->sizeHint().width();
    };
    for (const Entry& entry : entries_) words += say(entry, true) + layout()->spacing();
    const int states = qRound(std::min(textWidth(theme_.fonts().small, what_->text()), 1.0 * theme_.px(200)));
    const int rest = count_->sizeHint().width() + states + theme_.px(28) + 24 + 16 + 2 * layout()->spacing();
    std::vector<const Entry*> going;
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) going.push_back(&*entry);
    std::stable_partition(going.begin(), going.end(),
                          [](const Entry* entry) { return entry->id != QLatin1String("delete"); });
    for (const Entry* entry : going) {
        if (words + rest <= width()) break;
        words -= entry->button->sizeHint().width();
        words += say(*entry, false);
    }
}

void TickBar::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.fillRect(rect(), theme_.colors().bgRaised);
    p.fillRect(QRect(0, 0, width(), 1), theme_.colors().lineDefault);
}

}  // namespace cerebral::ui
