#pragma once
/// @file DesktopPresence: what the dashboard is outside its windows: notices of pushes and the tray icon.
///
/// Both follow Settings at once. Without a notification daemon notices go through the tray; without either
/// they are not shown.

#include <QObject>

#include "app/dashboard/dashboard.h"
#include "ui/desktop/desktop_notifier.h"
#include "ui/desktop/push_notices.h"
#include "ui/desktop/tray_icon.h"
#include "ui/models/throttle.h"

namespace cerebral::dashboard {

class DesktopPresence : public QObject {
    Q_OBJECT
public:
    /// `dashboard` has been started and outlives it. `bus`: where the notification daemon is.
    explicit DesktopPresence(Dashboard& dashboard, const QDBusConnection& bus = QDBusConnection::sessionBus(),
                             QObject* parent = nullptr);
    ~DesktopPresence() override;

    [[nodiscard]] const ui::TrayIcon& tray() const noexcept { return tray_; }

private:
    void followSettings();
    void refreshTray();
    void open(const std::string& key);

    Dashboard& dashboard_;
    ui::PushNotices notices_;
    ui::DesktopNotifier notifier_;
    ui::TrayIcon tray_;
    ui::Throttle later_;
};

}  // namespace cerebral::dashboard
