#include "app/dashboard/dashboard.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStandardPaths>
#include <QToolTip>
#include <algorithm>
#include <cstdio>

#include "app/dashboard/demo_session.h"
#include "app/dashboard/tour_stages.h"
#include "core/config/config.h"
#include "core/kube/kubeconfig.h"
#include "core/net/curl_transport.h"
#include "ui/theme/desk_style.h"

namespace cerebral::dashboard {

Dashboard::Dashboard(Options options, Logger& log, KubeconfigRead kubeconfig)
    : options_(std::move(options)), log_(log), reading_(std::move(kubeconfig)) {
    theme_.setDesktopPrefersDark(scheme_.prefersDark());
    connect(&scheme_, &ui::DesktopScheme::changed, &theme_, &ui::Theme::setDesktopPrefersDark);
    connect(&scheme_, &ui::DesktopScheme::known, this, [this](bool dark) { settings_->setDesktopWasDark(dark); });
    QApplication::setStyle(new ui::DeskStyle(theme_));  // the application owns its style
    const auto apply = [this] {
        QApplication::setPalette(theme_.palette());
        QApplication::setFont(theme_.fonts().body);
        QToolTip::setFont(theme_.fonts().small);
        QToolTip::setPalette(theme_.palette());
    };
    connect(&theme_, &ui::Theme::changed, this, apply);
    apply();
    connect(&bridge_, &ui::ClusterBridge::runsChanged, &runs_, &ui::RunSet::apply);
    connect(&bridge_, &ui::ClusterBridge::taskRunsChanged, &runs_, &ui::RunSet::applyTaskRuns);
    connect(&bridge_, &ui::ClusterBridge::pushesChanged, &runs_, &ui::RunSet::applyPushes);
}

Dashboard::~Dashboard() {
    // The style refers to the theme, which goes before the application does.
    tour_.reset();
    stages_.reset();
    windows_.clear();
    QApplication::setStyle(QStringLiteral("Fusion"));
}

Result<kube::Kubeconfig> Dashboard::readKubeconfig(const Options& options) {
    return kube::Kubeconfig::load(kube::KubeconfigSource::fromEnvironment(options.kubeconfig));
}

Result<void> Dashboard::connectCluster() {
    config::Config config = config::defaultConfig();
    if (options_.demo) {
        demo_ = std::make_unique<DemoSession>(log_, options_.receiverProgram);
        if (auto started = demo_->start(); !started) return started;
        options_.kubeconfig = demo_->kubeconfigPath();
        if (!options_.configFile) options_.configFile = demo_->configPath();
    }
    if (options_.configFile) {
        auto loaded = config::loadConfig(*options_.configFile);
        if (!loaded) return fail(loaded.error());
        config = std::move(*loaded);
    }
    auto kubeconfig = reading_.valid() ? reading_.get() : readKubeconfig(options_);
    if (!kubeconfig) return fail(kubeconfig.error());
    kubeconfig_ = std::make_unique<kube::Kubeconfig>(std::move(*kubeconfig));
    auto access = kubeconfig_->access(options_.context, clock_);
    if (!access) return fail(access.error());
    history_ = historyIn(demo_ ? QString::fromStdString(demo_->folder())
                               : QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation));
    receiverOf_ = access->server;
    link_ = std::make_unique<ClusterLink>(*kubeconfig_, std::move(*access),
                                          ClusterLink::Namespaces{config.kubeNamespace, config.deployNamespace},
                                          clock_, bridge_, history_);
    link_->setHooks({[this] { leaveCluster(); }, [this] { arriveAtCluster(); }});
    for (const config::ServiceRule& rule : config.services) services_ << QString::fromStdString(rule.name);
    actions_ = std::make_unique<ui::RunActions>(*link_, receiver());
    if (demo_)
        connect(demo_.get(), &DemoSession::teamStarted, this,
                [this] { actions_->setReceiverUrl(QString::fromStdString(receiver().url)); });
    return {};
}

rebuild::Receiver Dashboard::receiver() const {
    rebuild::Receiver receiver;
    receiver.hint = "its address can be set in Settings";
    receiver.ns = link_->namespaces().front().toStdString();
    if (link_->clusterName() != receiverOf_) return receiver;
    receiver.url = options_.receiverUrl;
    if (receiver.url.empty() && settings_) receiver.url = settings_->receiverUrl().toStdString();
    if (receiver.url.empty() && demo_) receiver.url = demo_->receiverUrl().toStdString();
    return receiver;
}

void Dashboard::leaveCluster() {
    runs_.clear();
    objects_.clear();
    for (const auto& window : windows_) window->pushes().clear();
    actions_->leave({});
}

void Dashboard::arriveAtCluster() {
    actions_->leave(receiver());
    actions_->checkRights();
    bridge_.postSyncChange();
}

ClusterLink::History Dashboard::historyIn(const QString& folder) {
    const std::string file = (folder + QStringLiteral("/history.sqlite")).toStdString();
    const auto open = [this, file]() -> std::shared_ptr<history::History> {
        auto history = history::History::open(file, {}, clock_, log_);
        if (history) return std::move(*history);
        log_.error("nothing can be kept of what the cluster forgets", {{"error", history.error().message}});
        return nullptr;
    };
    return std::async(std::launch::deferred, open).share();
}

void Dashboard::follow() {
    opening_.run([](const std::stop_token&) { return std::make_unique<net::CurlTransport>(); },
                 [this](std::unique_ptr<net::CurlTransport> transport) {
                     link_->start(std::move(transport));
                     actions_->checkRights();
                 });
    opening_.run([history = history_](const std::stop_token&) { return history.get() != nullptr; },
                 [this](bool) { keeper_->begin(); });
}

Result<void> Dashboard::start() {
    if (auto connected = connectCluster(); !connected) return connected;
    // A tour or a demonstration neither reads nor changes what the user chose.
    if (demo_ || !options_.screenshots.empty()) scratch_ = std::make_unique<QTemporaryDir>();
    settings_ = std::make_unique<ui::Settings>(scratch_ ? scratch_->filePath(QStringLiteral("dashboard.ini"))
                                                        : ui::Settings::userFile());
    if (const auto dark = settings_->desktopWasDark()) scheme_.assume(*dark);
    const auto look = [this] {
        const QString theme = settings_->theme();
        theme_.setMode(theme == QLatin1String("dark")    ? ui::Theme::Mode::Dark
                       : theme == QLatin1String("light") ? ui::Theme::Mode::Light
                                                         : ui::Theme::Mode::System);
        if (theme_.fontScale() != settings_->fontScale()) theme_.setFontScale(settings_->fontScale());
    };
    connect(settings_.get(), &ui::Settings::changed, this, look);
    look();
    const auto where = [this] { actions_->setReceiverUrl(QString::fromStdString(receiver().url)); };
    connect(settings_.get(), &ui::Settings::changed, this, where);
    where();
    keeper_ = std::make_unique<ui::HistoryKeeper>(*link_, runs_, objects_);
    if (options_.screenshots.empty()) {
        DeskWindow& first = addWindow(ui::MainWindow::Begin::Opening);
        first.firstFrame().thenOnce([this, &first] { complete(first.window()); });
        if (!options_.link.empty()) {
            first.firstFrame().thenOnce([this] { takeRequest(QString::fromStdString(options_.link)); });
        }
        first.firstFrame().thenOnce([this] { follow(); });
        first.firstFrame().thenOnce([this] { scheme_.follow(); });
        first.show();
        fonts_ = std::async(std::launch::async, [] { static_cast<void>(QFontDatabase::families()); });
        first.firstFrame().thenOnce([this] { emit settled(); });
    } else {
        theme_.useInstalledFonts();
        addWindow(ui::MainWindow::Begin::Whole);
        follow();
        startTour();
    }
    return {};
}

ui::MainWindow* Dashboard::window() {
    if (windows_.empty()) return nullptr;
    complete(windows_.front()->window());
    return &windows_.front()->window();
}

void Dashboard::complete(ui::MainWindow& window) {
    if (window.isComplete()) return;
    theme_.useInstalledFonts();
    window.complete();
}

DeskWindow& Dashboard::addWindow(ui::MainWindow::Begin begin) {
    int slot = 0;
    const auto taken = [&](const auto& window) { return window->slot() == slot; };
    while (std::any_of(windows_.begin(), windows_.end(), taken)) ++slot;
    const DeskWindow* known = windows_.empty() ? nullptr : windows_.front().get();
    const DeskWindow::Shared shared{theme_, clock_,     runs_,     objects_, bridge_,  *link_,
                                    *link_, *settings_, *actions_, *keeper_, services_};
    windows_.push_back(std::make_unique<DeskWindow>(shared, slot, known, begin));
    DeskWindow* window = windows_.back().get();
    connect(&window->window(), &ui::MainWindow::newWindowWanted, this,
            [this](const std::optional<ui::AppLink>& link) {
                ui::MainWindow& fresh = openWindow();
                if (link) fresh.openLink(*link);
            });
    // A window must not go while it is telling that it closes.
    connect(
        &window->window(), &ui::MainWindow::closed, this, [this, window] { drop(window); }, Qt::QueuedConnection);
    return *window;
}

ui::MainWindow& Dashboard::openWindow() {
    DeskWindow& window = addWindow(ui::MainWindow::Begin::Whole);
    window.show();
    return window.window();
}

ui::ConnectionSummary Dashboard::connection() const {
    return ui::summarize(link_->kinds(), clock_.steadyNow());
}

ui::MainWindow& Dashboard::comeForward() {
    const auto used = std::find_if(windows_.begin(), windows_.end(),
                                   [](const auto& held) { return held->window().isActiveWindow(); });
    ui::MainWindow& window = (used != windows_.end() ? *used : windows_.front())->window();
    complete(window);
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
    return window;
}

void Dashboard::takeRequest(const QString& text) {
    ui::MainWindow& window = comeForward();
    if (const auto link = ui::parseAppLink(text)) window.openLink(*link);
}

void Dashboard::drop(const DeskWindow* window) {
    // The last one stays, closed, until the program ends.
    if (windows_.size() < 2) return;
    std::erase_if(windows_, [&](const auto& held) { return held.get() == window; });
}

bool Dashboard::worthPictures() {
    ui::MainWindow& window = *this->window();
    if (!demo_) return window.pushesPage().filled() && window.runsPage().filled();
    // Besides its past a demonstration is to show one push of each kind, under way ones too.
    using journey::PushState;
    for (const PushState state : {PushState::Live, PushState::Failed, PushState::Stuck, PushState::Underway}) {
        if (windows_.front()->pushes().count(state) == 0) return false;
    }
    return true;
}

void Dashboard::startTour() {
    tour_ = std::make_unique<ui::ScreenshotTour>(theme_, *window(), QString::fromStdString(options_.screenshots),
                                                 [this] { return worthPictures(); });
    if (demo_) {
        stages_ = std::make_unique<TourStages>(TourStages::Parts{
            theme_, clock_, *settings_, *kubeconfig_, demo_->cluster().port(),
            link_->namespaces().value(0).toStdString(), link_->namespaces().value(1).toStdString()});
        tour_->setMore([this] { return stages_->scenes(); });
    }
    tour_->setScenes(QString::fromStdString(options_.scenes));
    connect(tour_.get(), &ui::ScreenshotTour::sceneEnded, this, [](const QString& scene, int done, int all) {
        std::fprintf(stderr, "%4d of %d  %s\n", done, all, qUtf8Printable(scene));
    });
    connect(tour_.get(), &ui::ScreenshotTour::finished, this, [this](const QStringList& missing) {
        if (!missing.isEmpty()) {
            log_.error("not every picture could be taken",
                       {{"folder", options_.screenshots}, {"missing", missing.join(QLatin1Char(' ')).toStdString()}});
        }
        QApplication::exit(missing.isEmpty() ? 0 : 1);
    });
    tour_->start();
}

}  // namespace cerebral::dashboard
