#include "app/dashboard/dashboard.h"

#include <QApplication>
#include <QStandardPaths>
#include <QToolTip>

#include "app/dashboard/demo_session.h"
#include "core/config/config.h"
#include "core/kube/kubeconfig.h"
#include "ui/pages/run_page.h"
#include "ui/theme/desk_style.h"

namespace cerebral::dashboard {

Dashboard::Dashboard(Options options, Logger& log) : options_(std::move(options)), log_(log) {
    theme_.setDesktopPrefersDark(scheme_.prefersDark());
    connect(&scheme_, &ui::DesktopScheme::changed, &theme_, &ui::Theme::setDesktopPrefersDark);
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
    connect(&bridge_, &ui::ClusterBridge::pushesChanged, &pushes_, &ui::PushModel::apply);
}

Dashboard::~Dashboard() {
    // The style refers to the theme, which goes before the application does.
    window_.reset();
    QApplication::setStyle(QStringLiteral("Fusion"));
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
    auto kubeconfig = kube::Kubeconfig::load(kube::KubeconfigSource::fromEnvironment(options_.kubeconfig));
    if (!kubeconfig) return fail(kubeconfig.error());
    auto access = kubeconfig->access(options_.context, clock_);
    if (!access) return fail(access.error());
    openHistory();
    link_ = std::make_unique<ClusterLink>(std::move(*access),
                                          ClusterLink::Namespaces{config.kubeNamespace, config.deployNamespace},
                                          clock_, bridge_, history_.get());
    for (const config::ServiceRule& rule : config.services) services_ << QString::fromStdString(rule.name);
    rebuild::Receiver receiver;
    receiver.hint = "its address can be set in Settings";
    receiver.ns = config.kubeNamespace;
    actions_ = std::make_unique<ui::RunActions>(*link_, receiver);
    if (demo_)
        connect(demo_.get(), &DemoSession::teamStarted, this,
                [this] { actions_->setReceiverUrl(demo_->receiverUrl()); });
    return {};
}

void Dashboard::openHistory() {
    const QString folder = demo_ ? QString::fromStdString(demo_->folder())
                                 : QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    auto history =
        history::History::open((folder + QStringLiteral("/history.sqlite")).toStdString(), {}, clock_, log_);
    if (history) {
        history_ = std::move(*history);
    } else {
        log_.error("nothing can be kept of what the cluster forgets", {{"error", history.error().message}});
    }
}

Result<void> Dashboard::start() {
    if (auto connected = connectCluster(); !connected) return connected;
    // A tour or a demonstration neither reads nor changes what the user chose.
    if (demo_ || !options_.screenshots.empty()) scratch_ = std::make_unique<QTemporaryDir>();
    settings_ = std::make_unique<ui::Settings>(scratch_ ? scratch_->filePath(QStringLiteral("dashboard.ini"))
                                                        : ui::Settings::userFile());
    const auto look = [this] {
        const QString theme = settings_->theme();
        theme_.setMode(theme == QLatin1String("dark")    ? ui::Theme::Mode::Dark
                       : theme == QLatin1String("light") ? ui::Theme::Mode::Light
                                                         : ui::Theme::Mode::System);
        if (theme_.fontScale() != settings_->fontScale()) theme_.setFontScale(settings_->fontScale());
    };
    connect(settings_.get(), &ui::Settings::changed, this, look);
    look();
    window_ = std::make_unique<ui::MainWindow>(
        ui::WindowParts{theme_, clock_, runs_, objects_, pushes_, bridge_, *link_, *settings_, *actions_, services_});
    auto* runPage = new ui::RunPage(theme_, runs_, objects_, *link_, window_.get());
    window_->setRunPage(runPage);
    keeper_ = std::make_unique<ui::HistoryKeeper>(*link_, runs_, objects_);
    connect(keeper_.get(), &ui::HistoryKeeper::failureKept, runPage, &ui::RunPage::refreshFailure);
    connect(&bridge_, &ui::ClusterBridge::syncChanged, window_.get(), &ui::MainWindow::refreshConnection);
    link_->start();
    const QString receiver =
        options_.receiverUrl.empty() ? settings_->receiverUrl() : QString::fromStdString(options_.receiverUrl);
    if (!receiver.isEmpty()) actions_->setReceiverUrl(receiver);
    actions_->checkRights();
    if (options_.screenshots.empty()) {
        window_->resize(1440, 900);
        window_->restoreShape();
        window_->show();
    } else {
        startTour();
    }
    return {};
}

bool Dashboard::worthPictures() const {
    if (!demo_) return window_->pushesPage().filled() && window_->runsPage().filled();
    // Besides its past a demonstration is to show one push of each kind, under way ones too.
    using journey::PushState;
    for (const PushState state : {PushState::Live, PushState::Failed, PushState::Stuck, PushState::Underway}) {
        if (pushes_.count(state) == 0) return false;
    }
    return true;
}

void Dashboard::startTour() {
    tour_ = std::make_unique<ui::ScreenshotTour>(theme_, *window_, QString::fromStdString(options_.screenshots),
                                                 [this] { return worthPictures(); });
    connect(tour_.get(), &ui::ScreenshotTour::finished, this, [this](bool complete) {
        if (!complete) log_.error("not every picture could be taken", {{"folder", options_.screenshots}});
        QApplication::exit(complete ? 0 : 1);
    });
    tour_->start();
}

}  // namespace cerebral::dashboard
