#pragma once
/// @file RunPage: one run: timeline, graph, logs, params and results, events, YAML; on red, why, first.
///
/// Keys: 1 … 6 choose a tab, Esc goes back, F follows, N and E search and jump in the log wherever the focus is.
/// What takes time (logs, history, YAML) is asked elsewhere and arrives as it comes.

#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include "core/journey/stage.h"
#include "ui/bridge/background.h"
#include "ui/bridge/run_history.h"
#include "ui/models/cluster_objects.h"
#include "ui/models/followed_run.h"
#include "ui/models/push_model.h"
#include "ui/models/run_failure.h"
#include "ui/models/run_set.h"
#include "ui/models/text_table_model.h"
#include "ui/pages/page.h"
#include "ui/pages/run_events.h"
#include "ui/pages/run_log_area.h"
#include "ui/pages/timeline_legend.h"
#include "ui/widgets/failure_view.h"
#include "ui/widgets/graph_view.h"
#include "ui/widgets/refusal_bar.h"
#include "ui/widgets/run_header.h"
#include "ui/widgets/stuck_bar.h"
#include "ui/widgets/tab_strip.h"
#include "ui/widgets/text_table.h"
#include "ui/widgets/timeline_view.h"

namespace cerebral::ui {

class RunPage : public Page {
    Q_OBJECT
public:
    enum Tab : int { TimelineTab, GraphTab, LogsTab, ParamsTab, EventsTab, YamlTab, TabCount };

    /// All must outlive the page.
    RunPage(const Theme& theme, RunSet& runs, const ClusterObjects& objects, RunServices& services,
            QWidget* parent = nullptr);
    ~RunPage() override;

    /// Where pushes are known; it must outlive the page.
    void setPushes(const PushModel* pushes) { pushes_ = pushes; }
    /// Shows this run; a failed one opens on its log. False when it is not known.
    bool open(const QString& uid);
    void close();
    [[nodiscard]] QString uid() const { return run_.uid(); }
    void showTab(Tab tab);
    [[nodiscard]] Tab tab() const;
    /// The part of the run that is this stage of a push: its log, as soon as there is one; of Received the time it
    /// took, of Image the results with the digest.
    void showStage(journey::Stage stage);

    void setSearch(const QString&) override {}
    void tick() override;
    void setConnection(const ConnectionSummary& summary) override;
    QWidget* mainWidget() override;
    [[nodiscard]] bool filled() const override;
    /// Where the splitters stand, to be kept beyond the program's end.
    [[nodiscard]] QByteArray saveShape() const;
    void restoreShape(const QByteArray& shape);
    /// The log folded down to its title: a double click on the splitter.
    void setLogFolded(bool folded);
    [[nodiscard]] bool logFolded() const noexcept { return logFolded_; }
    [[nodiscard]] QSplitter& splitter() noexcept { return *splitter_; }
    bool closeNearest() override;

    [[nodiscard]] const RunDetail& detail() const noexcept { return run_.detail(); }
    [[nodiscard]] RunHeader& header() noexcept { return *header_; }
    [[nodiscard]] TimelineView& timelineView() noexcept { return *timeline_; }
    [[nodiscard]] RunLogArea& logArea() noexcept { return *logs_; }
    [[nodiscard]] FailureView& failure() noexcept { return *failure_; }
    [[nodiscard]] StuckBar& stuckBar() noexcept { return *stuck_; }
    [[nodiscard]] RefusalBar& refusalBar() noexcept { return *refusal_; }
    [[nodiscard]] GraphView& graph() noexcept { return *graph_; }
    [[nodiscard]] LogView& yaml() noexcept { return yamlPanel_->view(); }
    [[nodiscard]] TextTableModel& paramModel() noexcept { return params_; }
    [[nodiscard]] RunEvents& events() noexcept { return *events_; }
    [[nodiscard]] TabStrip& tabs() noexcept { return *tabs_; }

public slots:
    /// A menu of the other runs that ended with this error.
    void showSeen(const QPoint& globalPos);
    /// The history has learned something about this run.
    void refreshFailure(const QString& uid);

signals:
    void closed();
    /// Another run is to be shown.
    void runRequested(const QString& uid);
    /// What is shown has changed: another run, or its newest state.
    void shown();
    void failureShown();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    /// The splitter has another size, or its handle was double clicked.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    QWidget* buildTimeline();
    QWidget* buildTabs();
    void connectAll();
    void refresh();
    void refreshAll();
    void refreshTimeline();
    void refreshStuck();
    void refreshTables();
    void refreshRights();
    void showRefusal();
    void followStage();
    void askProfile();
    void askYaml();
    void showFailure(bool first);
    void applyTop();
    [[nodiscard]] qint64 nowMs() const;

    const Theme& theme_;
    RunSet& runs_;
    const ClusterObjects& objects_;
    RunServices& services_;
    const PushModel* pushes_ = nullptr;
    Background background_;
    FollowedRun run_;
    std::optional<history::DurationProfile> profile_;
    double timelineHeight_ = 0;  ///< as it was dragged, at 100 %; 0: as high as it needs to be
    bool logFolded_ = false;
    bool tasksRefused_ = false;
    bool held_ = false;
    qint64 heldSinceMs_ = 0;
    ConnectionSummary connection_;
    QString yamlFor_;                            ///< uid and version shown
    std::optional<journey::Stage> stageWanted_;  ///< whose log is still to come

    RunHeader* header_;
    TabStrip* tabs_;
    StuckBar* stuck_;
    RefusalBar* refusal_;  ///< where tasks are shown that may not be read
    QStackedWidget* stack_;
    QSplitter* splitter_;
    QStackedWidget* top_;
    QWidget* timelineBox_ = nullptr;
    TimelineView* timeline_ = nullptr;
    FailureView* failure_;
    RunLogArea* logs_;
    RunFailure why_;
    GraphView* graph_;
    TextTableModel params_;
    TextTable* paramTable_;
    RunEvents* events_;
    LogBuffer yamlLines_;
    LogPanel* yamlPanel_;
    TimelineLegend* legend_ = nullptr;
    QLabel* legendNote_ = nullptr;
};

}  // namespace cerebral::ui
