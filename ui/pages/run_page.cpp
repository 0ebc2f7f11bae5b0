#include "ui/pages/run_page.h"

#include <QDataStream>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {
constexpr int kLeastPart = 120;
constexpr double kTimelineShare = 0.55;
constexpr double kCardShare = 0.45;
/// Of large text less fits: the error itself comes before the log below it.
constexpr double kLargeCardShare = 0.6;
}  // namespace

RunPage::RunPage(const Theme& theme, RunSet& runs, const ClusterObjects& objects, RunServices& services,
                 QWidget* parent)
    : Page(parent),
      theme_(theme),
      runs_(runs),
      objects_(objects),
      services_(services),
      run_(runs, objects, services),
      header_(new RunHeader(theme_, this)),
      tabs_(new TabStrip(theme_, this)),
      stuck_(new StuckBar(theme_, this)),
      refusal_(new RefusalBar(theme_, this)),
      stack_(new QStackedWidget(this)),
      splitter_(new QSplitter(Qt::Vertical)),
      top_(new QStackedWidget),
      failure_(new FailureView(theme_)),
      logs_(new RunLogArea(theme_, services_)),
      why_(run_, logs_->logs(), services_),
      graph_(new GraphView(theme_)),
      params_({{QStringLiteral("Name"), true},
               {QStringLiteral("Value"), true},
               {QStringLiteral("In the last green run, where it differs"), true}}),
      paramTable_(new TextTable(theme_, params_, {{240, 190}, {430, 320, 3}, {300, 260, 2}})),
      events_(new RunEvents(theme_)),
      yamlPanel_(new LogPanel(theme_, LogPanel::Kind::Document)) {
    build();
    connectAll();
}

RunPage::~RunPage() = default;

void RunPage::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(buildTabs());
    column->addWidget(stuck_);
    column->addWidget(refusal_);
    column->addWidget(stack_, 1);
    stuck_->hide();
    refusal_->hide();

    timelineBox_ = buildTimeline();
    top_->addWidget(timelineBox_);
    top_->addWidget(failure_);
    top_->setMinimumHeight(kLeastPart);
    logs_->setMinimumHeight(kLeastPart);
    splitter_->setHandleWidth(1);
    splitter_->setChildrenCollapsible(false);
    splitter_->addWidget(top_);
    splitter_->addWidget(logs_);
    splitter_->setStretchFactor(1, 1);

    paramTable_->setAccessibleName(QStringLiteral("Params and results"));
    paramTable_->setEmptyText(QStringLiteral("This run has neither params nor results"));
    yamlPanel_->setTitle(QStringLiteral("PipelineRun"));
    yamlPanel_->view().setAccessibleName(QStringLiteral("YAML"));
    yamlPanel_->view().setLog(&yamlLines_);
    stack_->addWidget(splitter_);
    stack_->addWidget(graph_);
    stack_->addWidget(paramTable_);
    stack_->addWidget(events_);
    stack_->addWidget(yamlPanel_);
}

QWidget* RunPage::buildTabs() {
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 0, 24, 1);
    row->setSpacing(0);
    for (const char* name : {"Timeline", "Graph", "Logs", "Params", "Events", "YAML"})
        tabs_->addTab(QString::fromUtf8(name));
    row->addWidget(tabs_);
    row->addStretch(1);
    auto* keys = new TabKeys(theme_, bar);
    keepScaled(theme_, keys, [this, keys] { keys->setVisible(!isLargeText(theme_)); });
    row->addWidget(keys);
    return bar;
}

QWidget* RunPage::buildTimeline() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(24, 0, 24, 0);
    head->setSpacing(12);
    auto* title = makeLabel(theme_, &Fonts::section, &Colors::text1, QStringLiteral("Timeline"), box);
    title->setFixedHeight(theme_.px(32));
    connect(&theme_, &Theme::changed, title, [this, title] { title->setFixedHeight(theme_.px(32)); });
    legendNote_ = makeLabel(theme_, &Fonts::small, &Colors::text3, {}, box);
    head->addWidget(title);
    head->addWidget(legendNote_);
    head->addStretch(1);
    legend_ = new TimelineLegend(theme_, box);
    head->addWidget(legend_);
    column->addLayout(head);
    timeline_ = new TimelineView(theme_, box);
    column->addWidget(timeline_, 1);
    return box;
}

void RunPage::connectAll() {
    connect(&run_, &FollowedRun::changed, this, &RunPage::refreshAll);
    connect(&run_, &FollowedRun::lost, this, [this] {
        if (!uid().isEmpty()) emit closed();
        close();
        background_.cancel();
    });
    connect(&objects_, &ClusterObjects::changed, this, [this] {
        if (!uid().isEmpty() && isVisible()) run_.refreshSoon();
    });
    connect(&why_, &RunFailure::answered, this, &RunPage::showFailure);
    // What was kept of a log comes later than the card.
    connect(&logs_->logs(), &RunLogs::stateChanged, this, [this](const QString& key) {
        if (key != why_.stepKey() || detail().findStep(key) != nullptr) return;
        if (const auto line = why_.errorLine()) logs_->setError(key, line);
    });
    connect(header_, &RunHeader::backRequested, this, &RunPage::closed);
    connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) { showTab(static_cast<Tab>(tab)); });
    splitter_->installEventFilter(this);
    splitter_->handle(1)->installEventFilter(this);
    splitter_->handle(1)->setToolTip(QStringLiteral("Drag to share the height, double click to fold the log"));
    connect(splitter_, &QSplitter::splitterMoved, this, [this](int at) {
        if (tab() == TimelineTab) timelineHeight_ = at / theme_.fontScale();
    });
    connect(failure_, &FailureView::foldChanged, this, &RunPage::applyTop);
    connect(failure_, &FailureView::seenRequested, this, &RunPage::showSeen);
    connect(timeline_, &TimelineView::chosen, this, [this](int task, int step) {
        const TaskDetail& chosen = detail().tasks[static_cast<std::size_t>(task)];
        const StepDetail* wanted = step < 0 ? chosen.focusStep()
                                   : static_cast<std::size_t>(step) < chosen.steps.size()
                                       ? &chosen.steps[static_cast<std::size_t>(step)]
                                       : nullptr;
        if (wanted != nullptr) logs_->choose(wanted->key());
        // Of a task the row stays the one that was chosen.
        timeline_->select(task, step);
    });
    connect(timeline_, &TimelineView::activated, this, [this] { showTab(LogsTab); });
    connect(logs_, &RunLogArea::stepChosen, this, [this] { stageWanted_.reset(); });
    connect(logs_, &RunLogArea::stepShown, this, [this](const QString& key) {
        for (std::size_t t = 0; t < detail().tasks.size(); ++t) {
            const auto& steps = detail().tasks[t].steps;
            for (std::size_t s = 0; s < steps.size(); ++s) {
                if (steps[s].key() == key) timeline_->select(static_cast<int>(t), static_cast<int>(s));
            }
        }
    });
    connect(graph_, &GraphView::activated, this, [this](int task) {
        const StepDetail* step = detail().tasks[static_cast<std::size_t>(task)].focusStep();
        if (step != nullptr) logs_->choose(step->key());
        showTab(LogsTab);
    });
    connect(&theme_, &Theme::changed, this, [this] { update(); });
}

void RunPage::showSeen(const QPoint& globalPos) {
    if (!failure_->card() || !failure_->card()->seen) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const analysis::SeenIn& seen : failure_->card()->seen->others) {
        const QString uid = fromUtf8(seen.runUid);
        const bool here = runs_.find(uid) != nullptr;
        QString line = QStringLiteral("%1 · %2\t%3")
                           .arg(fromUtf8(seen.service), fromUtf8(seen.run),
                                here ? formatClock(seen.at, services_.clock().now())
                                     : QStringLiteral("no longer in the cluster"));
        QAction* action = menu->addAction(line.replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setEnabled(here);
        connect(action, &QAction::triggered, this, [this, uid] { emit runRequested(uid); });
    }
    const auto named = static_cast<int>(failure_->card()->seen->others.size());
    if (const int more = failure_->card()->seen->times - 1 - named; more > 0)
        menu->addAction(QStringLiteral("%1 more before").arg(more))->setEnabled(false);
    menu->popup(globalPos);
}

// ---- tabs ----

RunPage::Tab RunPage::tab() const {
    return static_cast<Tab>(tabs_->currentIndex());
}

void RunPage::showTab(Tab tab) {
    if (tabs_->currentIndex() != tab) return tabs_->setCurrentIndex(tab);
    switch (tab) {
        case GraphTab:
            stack_->setCurrentWidget(graph_);
            break;
        case ParamsTab:
            stack_->setCurrentWidget(paramTable_);
            break;
        case EventsTab:
            stack_->setCurrentWidget(events_);
            break;
        case YamlTab:
            stack_->setCurrentWidget(yamlPanel_);
            break;
        default:
            stack_->setCurrentWidget(splitter_);
            break;
    }
    showRefusal();
    applyTop();
    refresh();
    if (isVisible() && !tabs_->hasFocus()) mainWidget()->setFocus();
}

void RunPage::setLogFolded(bool folded) {
    logFolded_ = folded;
    applyTop();
}

bool RunPage::eventFilter(QObject* watched, QEvent* event) {
    // What stands above it takes of its height.
    if (watched == splitter_ && event->type() == QEvent::Resize) QTimer::singleShot(0, this, &RunPage::applyTop);
    if (watched == splitter_ || event->type() != QEvent::MouseButtonDblClick || tab() != TimelineTab)
        return Page::eventFilter(watched, event);
    setLogFolded(!logFolded_);
    return true;
}

QByteArray RunPage::saveShape() const {
    QByteArray shape;
    QDataStream stream(&shape, QIODevice::WriteOnly);
    stream << timelineHeight_ << logs_->treeWidth();
    return shape;
}

void RunPage::restoreShape(const QByteArray& shape) {
    QDataStream stream(shape);
    double timeline = 0;
    double tree = 0;
    stream >> timeline >> tree;
    if (stream.status() != QDataStream::Ok) return;
    timelineHeight_ = std::clamp(timeline, 0.0, 4000.0);
    logs_->setTreeWidth(tree);
    applyTop();
}

void RunPage::applyTop() {
    const bool timeline = tab() == TimelineTab;
    const bool folded = timeline && logFolded_;
    logs_->setMinimumHeight(folded ? logs_->headHeight() : kLeastPart);
    logs_->setMaximumHeight(folded ? logs_->headHeight() : QWIDGETSIZE_MAX);
    const bool card = !timeline && failure_->card().has_value();
    top_->setVisible(timeline || card);
    if (!top_->isVisibleTo(splitter_)) return;
    top_->setCurrentWidget(timeline ? timelineBox_ : failure_);
    const int all = splitter_->height();
    // Of the page, as long as the log below keeps its first error and what led to it in sight.
    const int mostCard = isLargeText(theme_)
                             ? static_cast<int>(all * kLargeCardShare)
                             : std::min(static_cast<int>(height() * kCardShare), all - logs_->leastHeight());
    const bool dragged = timeline && timelineHeight_ > 0;
    const int most = folded    ? all - logs_->headHeight()
                     : dragged ? all - kLeastPart
                               : std::max(kLeastPart, timeline ? static_cast<int>(all * kTimelineShare) : mostCard);
    if (card) failure_->setMostHeight(most);
    const int wanted = folded     ? most
                       : dragged  ? std::max(kLeastPart, theme_.px(timelineHeight_))
                       : timeline ? theme_.px(32) + timeline_->contentHeight()
                                  : failure_->fittingHeight();
    // No row is cut through by the log below.
    const int head = theme_.px(32);
    const bool rows = timeline && !folded && !dragged && wanted > most;
    const int shared =
        rows ? std::min(head + timeline_->wholeRows(most - head), all - kLeastPart) : std::min(wanted, most);
    top_->setMinimumHeight(failure_->folded() && card ? failure_->fullHeight() : kLeastPart);
    top_->setMaximumHeight(card ? failure_->fullHeight() : QWIDGETSIZE_MAX);
    splitter_->setSizes({shared, all - shared});
}

QWidget* RunPage::mainWidget() {
    switch (tab()) {
        case GraphTab:
            return graph_;
        case ParamsTab:
            return paramTable_;
        case EventsTab:
            return events_->mainWidget();
        case YamlTab:
            return &yamlPanel_->view();
        case TimelineTab:
            return timeline_;
        default:
            return logs_->panel().mainWidget();
    }
}

void RunPage::setConnection(const ConnectionSummary& summary) {
    connection_ = summary;
    refreshRights();
    if (summary.stale() == held_ && summary.seenMs == heldSinceMs_) return;
    // Times stand still where they were seen last.
    heldSinceMs_ = summary.seenMs;
    held_ = summary.stale();
    logs_->tree().setHeld(held_);
    refresh();
}

bool RunPage::filled() const {
    if (uid().isEmpty()) return false;
    if (tab() == YamlTab) return !yamlLines_.empty();
    if (tab() == LogsTab || tab() == TimelineTab) {
        const bool failed = detail().failedTask >= 0;
        return logs_->filled() && (!failed || failure_->card().has_value());
    }
    return true;
}

bool RunPage::closeNearest() {
    if (!uid().isEmpty()) emit closed();
    return true;
}

void RunPage::keyPressEvent(QKeyEvent* event) {
    const QString text = event->text();
    const bool plain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    if (!plain || text.size() != 1) return Page::keyPressEvent(event);
    if (const int digit = text.front().digitValue(); digit >= 1 && digit <= TabCount) {
        tabs_->setCurrentIndex(digit - 1);
        return mainWidget()->setFocus();
    }
    LogPanel& panel = tab() == YamlTab ? *yamlPanel_ : logs_->panel();
    const bool logSeen = tab() == TimelineTab || tab() == LogsTab || tab() == YamlTab;
    if (logSeen && text == QLatin1String("/")) return panel.focusSearch();
    if (logSeen && text.compare(QLatin1String("n"), Qt::CaseInsensitive) == 0)
        return panel.view().nextHit(!(event->modifiers() & Qt::ShiftModifier));
    if (logSeen && text == QLatin1String("f")) return panel.view().setFollow(!panel.view().follow());
    if (logSeen && text == QLatin1String("e") && panel.view().errorLine())
        return panel.view().showLine(*panel.view().errorLine());
    Page::keyPressEvent(event);
}

void RunPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    QTimer::singleShot(0, this, &RunPage::applyTop);
}

void RunPage::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.fillRect(rect(), theme_.colors().bgCanvas);
    const QRect tabs = tabs_->parentWidget()->geometry();
    drawBottomLine(p, tabs, theme_.colors().lineDefault);
}

}  // namespace cerebral::ui
