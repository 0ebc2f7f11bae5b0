#pragma once
/// @file NotificationDaemon: org.freedesktop.Notifications on a test's own bus, for whoever asks what it was told.

#include <QDBusConnection>
#include <QObject>
#include <QStringList>
#include <QVariantMap>
#include <map>

namespace cerebral::test {

/// A notification daemon that keeps what it was told.
class NotificationDaemon : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Note {
        QString title, body;
        QStringList actions;
        QVariantMap hints;
    };

    explicit NotificationDaemon(QDBusConnection bus) : bus_(std::move(bus)) {
        bus_.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        present = bus_.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }
    ~NotificationDaemon() override { bus_.unregisterService(QStringLiteral("org.freedesktop.Notifications")); }

    QStringList capabilities{QStringLiteral("body"), QStringLiteral("actions"), QStringLiteral("body-markup")};
    std::map<uint, Note> notes;
    int calls = 0;
    bool present = false;

public slots:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString& app, uint replaces, const QString& icon, const QString& title, const QString& body,
                const QStringList& actions, const QVariantMap& hints, int timeout) {
        Q_UNUSED(app)
        Q_UNUSED(icon)
        Q_UNUSED(timeout)
        ++calls;
        const uint id = replaces != 0 ? replaces : ++last_;
        notes[id] = {title, body, actions, hints};
        return id;
    }

signals:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);

private:
    QDBusConnection bus_;
    uint last_ = 40;
};

}  // namespace cerebral::test
