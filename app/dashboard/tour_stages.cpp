#include "app/dashboard/tour_stages.h"

#include <QApplication>

#include "app/dashboard/cluster_link.h"
#include "app/dashboard/desk_window.h"
#include "ui/pages/connection_menu.h"
#include "ui/pages/run_page.h"

namespace cerebral::dashboard {
namespace {

constexpr int kMostStaleMs = 60'000;
/// tcpmux: nobody listens there, what connects is refused at once.
constexpr quint16 kNobody = 1;

}  // namespace

/// Everything one window needs, apart from the others.
class TourStages::Stage {
public:
    Stage(const Parts& parts, kube::ClusterAccess access, const std::string& suffix)
        : link_(parts.kubeconfig, std::move(access), {parts.pipelines + suffix, parts.platform + suffix}, parts.clock,
                bridge_, {}),
          actions_(link_, {}),
          keeper_(link_, runs_, objects_) {
        QObject::connect(&bridge_, &ui::ClusterBridge::runsChanged, &runs_, &ui::RunSet::apply);
        QObject::connect(&bridge_, &ui::ClusterBridge::taskRunsChanged, &runs_, &ui::RunSet::applyTaskRuns);
        QObject::connect(&bridge_, &ui::ClusterBridge::pushesChanged, &runs_, &ui::RunSet::applyPushes);
        window_ = std::make_unique<DeskWindow>(DeskWindow::Shared{parts.theme,
                                                                  parts.clock,
                                                                  runs_,
                                                                  objects_,
                                                                  bridge_,
                                                                  link_,
                                                                  link_,
                                                                  parts.settings,
                                                                  actions_,
                                                                  keeper_,
                                                                  {}},
                                               0, nullptr);
        link_.start();
    }
    [[nodiscard]] ui::MainWindow& window() { return window_->window(); }

private:
    ui::RunSet runs_;
    ui::ClusterBridge bridge_;
    ui::ClusterObjects objects_{bridge_};
    ClusterLink link_;
    ui::RunActions actions_;
    ui::HistoryKeeper keeper_;
    std::unique_ptr<DeskWindow> window_;
};

TourStages::TourStages(const Parts& parts) : parts_(parts), line_(parts.apiPort) {
    stages_.push_back(nullptr);  // loading: a server that is silent for long is no longer loading
    stages_.push_back(make("demo", "-staging", parts.apiPort));
    stages_.push_back(make("demo-receiver", "-staging", parts.apiPort));
    stages_.push_back(make("demo", {}, line_.port()));
    stages_.push_back(make("demo", {}, kNobody));
}

TourStages::~TourStages() = default;

std::unique_ptr<TourStages::Stage> TourStages::make(const std::string& context, const std::string& suffix,
                                                    quint16 port) const {
    auto access = parts_.kubeconfig.access(context, parts_.clock);
    if (!access) return nullptr;
    access->server = "https://127.0.0.1:" + std::to_string(port);
    return std::make_unique<Stage>(parts_, std::move(*access), suffix);
}

ui::TourScene TourStages::staleRun() {
    // What the window knew of a run under way when its line was cut.
    const auto window = [this]() -> ui::MainWindow& { return stages_[Stale]->window(); };
    ui::TourScene scene;
    scene.name = QStringLiteral("run-stale");
    scene.window = window;
    scene.mostWaitMs = kMostStaleMs;
    scene.show = [window] {
        QString uid;
        window().runs().forEach([&](const ui::RunRow& row) {
            if (uid.isEmpty() && row.state == tekton::RunState::Running) uid = row.uid;
        });
        if (!uid.isEmpty()) window().openRun(uid);
    };
    scene.ready = [window] { return window().runsPage().model().held() && !window().runPage()->uid().isEmpty(); };
    return scene;
}

std::vector<ui::TourScene> TourStages::scenes() {
    line_.cut();
    std::vector<ui::TourScene> scenes;
    for (std::size_t i = 1; i < stages_.size(); ++i) {
        if (!stages_[i]) return scenes;
    }
    using Ready = std::function<bool(ui::MainWindow&)>;
    const auto add = [&](std::size_t at, const QString& name, bool pushes, const Ready& ready) {
        const auto window = [this, at]() -> ui::MainWindow& { return stages_[at]->window(); };
        ui::TourScene scene;
        scene.name = (pushes ? QStringLiteral("pushes-") : QStringLiteral("runs-")) + name;
        scene.show = [this, at, pushes, window] {
            if (at == Loading) stages_[at] = make("demo", {}, silent_.port());
            pushes ? window().bringUp(&window().pushesPage()) : window().bringUp(&window().runsPage());
        };
        scene.ready = [window, ready] { return ready(window()); };
        scene.window = window;
        scene.mostWaitMs = kMostStaleMs;
        scenes.push_back(std::move(scene));
    };
    const auto said = [](const char* word) {
        return [word](ui::MainWindow& window) {
            return window.topBar().pill().label().startsWith(QString::fromUtf8(word));
        };
    };
    for (const bool pushes : {true, false}) {
        add(Loading, QStringLiteral("loading"), pushes, said("Loading ·"));
        add(Empty, QStringLiteral("empty"), pushes, said("Live"));
        add(Forbidden, QStringLiteral("forbidden"), pushes, said("No access"));
        add(Stale, QStringLiteral("stale"), pushes,
            [](ui::MainWindow& window) { return window.runsPage().model().held(); });
    }
    ui::TourScene menu = scenes.back();
    for (const bool pushes : {true, false}) add(Lost, QStringLiteral("lost"), pushes, said("Reconnecting"));
    menu.name = QStringLiteral("connection-menu-stale");
    menu.show = [window = menu.window] { window().bringUp(&window().pushesPage()); };
    // A menu opens over a window that is seen, and says what is known when it opens.
    menu.ready = [window = menu.window] {
        if (!window().runsPage().model().held()) return false;
        if (QApplication::activePopupWidget() != nullptr) return true;
        emit window().topBar().connectionRequested();
        return false;
    };
    menu.leave = [] {
        if (QWidget* popup = QApplication::activePopupWidget()) popup->close();
    };
    menu.reopens = true;
    scenes.push_back(std::move(menu));
    scenes.push_back(staleRun());
    return scenes;
}

}  // namespace cerebral::dashboard
