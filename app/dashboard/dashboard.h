#pragma once
/// @file Dashboard: the objects of the running window, in the order they need each other.

#include <QObject>
#include <QTemporaryDir>
#include <memory>

#include "app/dashboard/cluster_link.h"
#include "app/dashboard/options.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/result.h"
#include "core/history/history.h"
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

class Dashboard : public QObject {
    Q_OBJECT
public:
    Dashboard(Options options, Logger& log);
    ~Dashboard() override;

    /// Connects and shows the window, or begins the tour of screenshots.
    Result<void> start();
    /// Null before `start`.
    [[nodiscard]] ui::PushModel& pushes() noexcept { return pushes_; }
    [[nodiscard]] ui::MainWindow* window() const { return window_.get(); }

private:
    Result<void> connectCluster();
    void openHistory();
    void startTour();
    [[nodiscard]] bool worthPictures() const;

    Options options_;
    Logger& log_;
    SystemClock clock_;
    ui::Theme theme_;
    ui::DesktopScheme scheme_;
    ui::RunSet runs_;
    ui::ClusterBridge bridge_;
    ui::ClusterObjects objects_{bridge_};
    ui::PushModel pushes_{clock_};
    std::unique_ptr<QTemporaryDir> scratch_;
    std::unique_ptr<ui::Settings> settings_;
    std::unique_ptr<DemoSession> demo_;
    std::unique_ptr<history::History> history_;
    std::unique_ptr<ClusterLink> link_;
    std::unique_ptr<ui::HistoryKeeper> keeper_;
    std::unique_ptr<ui::RunActions> actions_;
    QStringList services_;  ///< of the configuration
    std::unique_ptr<ui::MainWindow> window_;
    std::unique_ptr<ui::ScreenshotTour> tour_;
};

}  // namespace cerebral::dashboard
