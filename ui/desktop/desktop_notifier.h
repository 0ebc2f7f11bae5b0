#pragma once
/// @file DesktopNotifier: shows notices through org.freedesktop.Notifications, one for each key.
///
/// A notice of a key that is still on the screen takes its place (`replaces_id`); one the user has closed comes
/// up anew. Calls do not block. A daemon that is not there, or fails, makes `undelivered` of every notice: the
/// caller has another way. Text from outside is escaped where the daemon reads markup. GUI thread.

#include <QDBusConnection>
#include <QObject>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "ui/desktop/push_notices.h"

class QDBusMessage;

namespace cerebral::ui {

class DesktopNotifier : public QObject {
    Q_OBJECT
public:
    explicit DesktopNotifier(const QDBusConnection& bus, QObject* parent = nullptr);
    ~DesktopNotifier() override;

    void show(const PushNotice& notice);

signals:
    /// Pressed, or its "Open".
    void opened(const std::string& key);
    void copyWanted(const QString& error);
    void undelivered(const cerebral::ui::PushNotice& notice);

private slots:
    void onAction(uint id, const QString& action);
    void onClosed(uint id, uint reason);

private:
    enum class Capabilities : std::uint8_t { Unknown, Asked, Known };
    struct Shown {
        uint id = 0;  ///< 0: not on the screen
        bool sending = false;
        QString error;
        std::optional<PushNotice> next;  ///< came while one was being sent
    };
    void askCapabilities();
    void send(const PushNotice& notice);
    void answered(const PushNotice& notice, const QDBusMessage& reply);
    [[nodiscard]] QString written(const QString& text) const;
    [[nodiscard]] std::unordered_map<std::string, Shown>::iterator findId(uint id);

    QDBusConnection bus_;
    Capabilities capabilities_ = Capabilities::Unknown;
    bool markup_ = true;             ///< unless the daemon says otherwise: escaping too much is the safe side
    std::vector<PushNotice> early_;  ///< came before it is known whether the daemon reads text or markup
    std::unordered_map<std::string, Shown> shown_;
};

}  // namespace cerebral::ui
