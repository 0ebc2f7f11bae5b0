#include "app/dashboard/desktop_presence.h"

#include <QApplication>
#include <QClipboard>

namespace cerebral::dashboard {
namespace {

constexpr std::chrono::milliseconds kTrayAfter{1000};

ui::PushNotices::Scope scopeOf(const QString& setting) {
    if (setting == QLatin1String("none")) return ui::PushNotices::Scope::None;
    return setting == QLatin1String("mine") ? ui::PushNotices::Scope::Mine : ui::PushNotices::Scope::All;
}

}  // namespace

DesktopPresence::DesktopPresence(Dashboard& dashboard, const QDBusConnection& bus, QObject* parent)
    : QObject(parent),
      dashboard_(dashboard),
      notices_(dashboard.clock().now()),
      notifier_(bus),
      tray_(dashboard.theme()),
      later_(kTrayAfter) {
    connect(&dashboard_.bridge(), &ui::ClusterBridge::pushesChanged, this,
            [this](const journey::PushChanges& changes) {
                for (const ui::PushNotice& notice : notices_.take(changes)) notifier_.show(notice);
                later_.call();
            });
    connect(&dashboard_.runs(), &ui::RunSet::cleared, this, [this] { notices_.restart(dashboard_.clock().now()); });
    connect(&notifier_, &ui::DesktopNotifier::undelivered, this,
            [this](const ui::PushNotice& notice) { tray_.say(notice); });
    connect(&notifier_, &ui::DesktopNotifier::opened, this, &DesktopPresence::open);
    connect(&notifier_, &ui::DesktopNotifier::copyWanted, this,
            [](const QString& error) { QApplication::clipboard()->setText(error); });
    connect(&tray_, &ui::TrayIcon::noticeOpened, this, &DesktopPresence::open);
    connect(&tray_, &ui::TrayIcon::opened, this, [this] { dashboard_.comeForward(); });
    connect(&tray_, &ui::TrayIcon::newWindowWanted, this, [this] { dashboard_.openWindow(); });
    connect(&tray_, &ui::TrayIcon::quitWanted, qApp, &QApplication::closeAllWindows);
    connect(&dashboard_.settings(), &ui::Settings::changed, this, &DesktopPresence::followSettings);
    connect(&later_, &QTimer::timeout, this, &DesktopPresence::refreshTray);
    connect(&dashboard_.bridge(), &ui::ClusterBridge::syncChanged, this, [this] { later_.call(); });
    followSettings();
}

DesktopPresence::~DesktopPresence() = default;

void DesktopPresence::followSettings() {
    const ui::Settings& settings = dashboard_.settings();
    notices_.setScope(scopeOf(settings.notices()), settings.handles());
    tray_.setVisible(settings.tray());
    refreshTray();  // while it was off nobody kept it up to date
}

void DesktopPresence::refreshTray() {
    if (!dashboard_.settings().tray()) return;
    std::vector<journey::PushPtr> pushes;
    const ui::PushModel& model = dashboard_.pushes();
    model.forEach([&](const journey::Push& push) { pushes.push_back(model.pushFor(push.key)); });
    tray_.setState(ui::trayState(std::move(pushes), dashboard_.connection()));
}

void DesktopPresence::open(const std::string& key) {
    ui::MainWindow& window = dashboard_.comeForward();
    window.bringUp(&window.pushesPage());
    window.pushesPage().showPush(QString::fromStdString(key));
}

}  // namespace cerebral::dashboard
