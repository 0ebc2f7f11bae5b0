#pragma once
/// @file Dashboard: the objects of the running window, in the order they need each other.

#include <QObject>
#include <QTemporaryDir>
#include <future>
#include <memory>
#include <vector>

#include "app/dashboard/cluster_link.h"
#include "app/dashboard/desk_window.h"
#include "app/dashboard/memory_return.h"
#include "app/dashboard/options.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/result.h"
#include "core/history/history.h"
#include "core/kube/kubeconfig.h"
#include "ui/bridge/background.h"
#include "ui/bridge/cluster_bridge.h"
#include "ui/bridge/run_actions.h"
#include "ui/models/cluster_objects.h"
#include "ui/models/history_keeper.h"
#include "ui/models/push_model.h"
#include "ui/models/run_set.h"
#include "ui/models/settings.h"
#include "ui/pages/main_window.h"
#include "ui/pages/screenshot_tour.h"
#include "ui/theme/desktop_scheme.h"
#include "ui/theme/theme.h"

namespace cerebral::dashboard {

class DemoSession;
class TourStages;

class Dashboard : public QObject {
    Q_OBJECT
public:
    using KubeconfigRead = std::future<Result<kube::Kubeconfig>>;
    /// What the options name. Any thread.
    [[nodiscard]] static Result<kube::Kubeconfig> readKubeconfig(const Options& options);

    /// `kubeconfig`: what the options name, when somebody is reading it already; else it is read by `start`.
    Dashboard(Options options, Logger& log, KubeconfigRead kubeconfig = {});
    ~Dashboard() override;

    /// Shows the window, or begins the tour of screenshots. Its content comes, the link of the options is opened and
    /// the cluster is followed once the window has been seen.
    Result<void> start();
    /// The oldest window that is still open, with all that is in it; null before `start`.
    [[nodiscard]] ui::MainWindow* window();
    [[nodiscard]] std::size_t windowCount() const noexcept { return windows_.size(); }
    [[nodiscard]] ui::PushModel& pushes() noexcept { return windows_.front()->pushes(); }
    [[nodiscard]] ui::RunSet& runs() noexcept { return runs_; }
    [[nodiscard]] ui::ClusterBridge& bridge() noexcept { return bridge_; }
    [[nodiscard]] ui::Settings& settings() noexcept { return *settings_; }
    [[nodiscard]] const ui::Theme& theme() const noexcept { return theme_; }
    [[nodiscard]] const Clock& clock() const noexcept { return clock_; }
    [[nodiscard]] ui::ConnectionSummary connection() const;
    /// The window that was used last, or another, in front of everything.
    ui::MainWindow& comeForward();
    /// One more, on the same session; shown.
    ui::MainWindow& openWindow();

signals:
    /// The window has been seen and everything of it is there.
    void settled();

public slots:
    /// Comes forward and shows what the link points at; an empty or foreign one changes nothing else.
    void takeRequest(const QString& link);

private:
    Result<void> connectCluster();
    void leaveCluster();
    void arriveAtCluster();
    [[nodiscard]] rebuild::Receiver receiver() const;
    void follow();
    [[nodiscard]] ClusterLink::History historyIn(const QString& folder);
    DeskWindow& addWindow(ui::MainWindow::Begin begin);
    void complete(ui::MainWindow& window);
    void drop(const DeskWindow* window);
    void startTour();
    [[nodiscard]] bool worthPictures();

    Options options_;
    Logger& log_;
    SystemClock clock_;
    ui::Theme theme_;
    ui::DesktopScheme scheme_;
    ui::RunSet runs_;
    ui::ClusterBridge bridge_;
    MemoryReturn memory_{bridge_};
    ui::ClusterObjects objects_{bridge_};
    std::unique_ptr<QTemporaryDir> scratch_;
    std::unique_ptr<ui::Settings> settings_;
    KubeconfigRead reading_;
    std::unique_ptr<kube::Kubeconfig> kubeconfig_;
    std::unique_ptr<DemoSession> demo_;
    ClusterLink::History history_;
    std::unique_ptr<ClusterLink> link_;
    std::unique_ptr<ui::HistoryKeeper> keeper_;
    ui::Background opening_;
    std::future<void> fonts_;  ///< lists what is installed
    std::unique_ptr<ui::RunActions> actions_;
    QStringList services_;  ///< of the configuration
    /// The API server whose receiver the command line or the settings name; others are asked for theirs.
    std::string receiverOf_;
    std::vector<std::unique_ptr<DeskWindow>> windows_;
    std::unique_ptr<TourStages> stages_;
    std::unique_ptr<ui::ScreenshotTour> tour_;
};

}  // namespace cerebral::dashboard
