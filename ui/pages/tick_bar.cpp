#include "ui/pages/tick_bar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "ui/widgets/empty_state.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

constexpr double kHeight = 48;
constexpr double kTwoLines = 80;
constexpr int kLeft = 24;
constexpr int kRight = 16;
constexpr int kGap = 8;

/// "succeeded", "failed": what ran out of time has failed too.
QString groupWord(tekton::RunState state) {
    if (isInGroup(state, StateGroup::Failed)) return QStringLiteral("failed");
    if (state == tekton::RunState::Completed) state = tekton::RunState::Succeeded;
    return stateWord(state).toLower();
}

/// "2 running, 1 failed" and " runs of 2 services", " run of bmad-services" behind it.
std::pair<QString, QString> describe(const std::vector<const RunRow*>& rows) {
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
    return {parts.join(QStringLiteral(", ")),
            QStringLiteral(" %1 of %2")
                .arg(one ? QStringLiteral("run") : QStringLiteral("runs"),
                     services.size() == 1 ? services.front() : QStringLiteral("%1 services").arg(services.size()))};
}

}  // namespace

TickBar::TickBar(const Theme& theme, RunsPage& page, RunSet& runs, const RunActions& rights, DeskActions& actions)
    : QWidget(&page), theme_(theme), page_(page), actions_(actions) {
    setAccessibleName(QStringLiteral("Ticked runs"));
    count_ = makeLabel(theme_, &Fonts::strong, &Colors::text1, {}, this);
    what_ = new ElidedLabel(this);
    followTheme(theme_, *what_, &Fonts::small, &Colors::text3);
    what_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    tools_ = new QWidget(this);
    auto* tools = new QHBoxLayout(tools_);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(kGap);
    addAction(QStringLiteral("rebuild"), QStringLiteral("rebuild"), QStringLiteral("Rebuild"));
    addAction(QStringLiteral("cancel"), QStringLiteral("stop"), QStringLiteral("Cancel"));
    addAction(QStringLiteral("delete"), QStringLiteral("trash"), QStringLiteral("Delete"));
    addAction(QStringLiteral("copy-kubectl"), QStringLiteral("copy"), QStringLiteral("Copy as kubectl"));
    auto* none = new Button(theme_, QStringLiteral("x"), {}, Button::Kind::Ghost, this);
    none->setHint(QStringLiteral("Tick none (Esc)"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kLeft, 1, kRight, 0);
    column->setSpacing(0);
    upper_ = new QHBoxLayout;
    upper_->setSpacing(kGap);
    upper_->addWidget(count_);
    upper_->addWidget(what_, 1);
    upper_->addWidget(tools_);
    upper_->addWidget(none);
    lower_ = new QHBoxLayout;
    column->addLayout(upper_);
    column->addLayout(lower_);
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
    tools_->layout()->addWidget(button);
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
    std::tie(states_, services_) = describe(rows);
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
    const auto say = [](const Entry& entry, bool said) {
        entry.button->setText(said ? entry.text : QString());
        entry.button->setHint(said ? QString() : entry.text);
        return entry.button->sizeHint().width();
    };
    int words = -kGap;
    for (const Entry& entry : entries_) words += say(entry, true) + kGap;
    const int inner = width() - kLeft - kRight;
    // Of the counts none is cut; which services they are of gives way.
    const int room = inner - count_->sizeHint().width() - theme_.px(28) - 2 * kGap;
    const auto fits = [&](const QString& text, int most) {
        return textWidth(theme_.fonts().small, text) + 1 <= most;
    };
    const QString whole = states_ + services_;
    const int beside = room - words - kGap;
    const bool one = fits(states_, beside);
    const int most = one ? beside : room;
    QString said = fits(whole, most) ? whole : states_;
    while (!fits(said, most) && said.contains(QLatin1Char(','))) said.truncate(said.lastIndexOf(QLatin1Char(',')));
    what_->setWhole(said);
    what_->setToolTip(plainTip(whole));
    QHBoxLayout* line = one ? upper_ : lower_;
    if (line->indexOf(tools_) < 0) {
        (one ? lower_ : upper_)->removeWidget(tools_);
        one ? line->insertWidget(2, tools_) : line->addWidget(tools_, 0, Qt::AlignLeft);
    }
    setFixedHeight(theme_.px(one ? kHeight : kTwoLines));
    layout()->setContentsMargins(kLeft, 1 + (one ? 0 : theme_.px(8)), kRight, one ? 0 : theme_.px(8));
    // Where there is no room for words there is for icons; what cannot be had back keeps its word longest.
    std::vector<const Entry*> going;
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) going.push_back(&*entry);
    std::stable_partition(going.begin(), going.end(),
                          [](const Entry* entry) { return entry->id != QLatin1String("delete"); });
    for (const Entry* entry : going) {
        if (words <= inner) break;
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
