#pragma once
/// @file PrivateBus: a message bus of the test's own, without any service that could be started on it.

#include <QDBusConnection>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/tools.h"

namespace cerebral::test {

class PrivateBus {
public:
    PrivateBus() {
        QFile config(folder_.filePath(QStringLiteral("bus.conf")));
        if (!config.open(QIODevice::WriteOnly)) return;
        config.write(QStringLiteral("<busconfig><type>session</type><listen>unix:dir=%1</listen>"
                                    "<auth>EXTERNAL</auth><policy context=\"default\">"
                                    "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                                    "<allow own=\"*\"/></policy></busconfig>")
                         .arg(folder_.path())
                         .toUtf8());
        config.close();
        daemon_.start(QStringLiteral("dbus-daemon"),
                      {QStringLiteral("--config-file=") + config.fileName(), QStringLiteral("--nofork"),
                       QStringLiteral("--nopidfile"), QStringLiteral("--print-address=1")});
        if (!daemon_.waitForStarted()) return;
        while (!daemon_.canReadLine() && daemon_.waitForReadyRead(10'000)) continue;
        address_ = QString::fromUtf8(daemon_.readLine().trimmed());
    }
    ~PrivateBus() {
        daemon_.kill();
        daemon_.waitForFinished();
    }
    PrivateBus(const PrivateBus&) = delete;
    PrivateBus& operator=(const PrivateBus&) = delete;

    /// Empty when dbus-daemon is not installed.
    [[nodiscard]] QString address() const { return address_; }
    [[nodiscard]] QDBusConnection connect(const QString& name) const {
        return QDBusConnection::connectToBus(address_, name);
    }

private:
    QTemporaryDir folder_;
    QProcess daemon_;
    QString address_;
};

/// For `initTestCase`: without dbus-daemon the test is skipped, or fails where its tools are required.
inline void requireBus(const PrivateBus& bus) {
    if (!bus.address().isEmpty()) return;
    if (toolsAreRequired()) QFAIL("dbus-daemon is not installed");
    QSKIP("dbus-daemon is not installed: apt-get install dbus");
}

}  // namespace cerebral::test
