#include "ui/desktop/desktop_notifier.h"

#include <QDBusMessage>
#include <QtTest/QtTest>
#include <memory>

#include "tests/support/test_main.h"
#include "tests/ui/notification_daemon.h"
#include "tests/ui/private_bus.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::NotificationDaemon;
using cerebral::test::PrivateBus;

class DesktopNotifierTest : public QObject {
    Q_OBJECT

    std::unique_ptr<PrivateBus> bus_;

    static PushNotice notice(const char* key, const QString& title, const QString& body = {}) {
        PushNotice notice;
        notice.key = key;
        notice.title = title;
        notice.body = body;
        return notice;
    }

private slots:
    void initTestCase() {
        bus_ = std::make_unique<PrivateBus>();
        requireBus(*bus_);
    }

    void cleanup() {
        for (const char* name : {"desk", "daemon"}) QDBusConnection::disconnectFromBus(QLatin1String(name));
    }

    void oneForEachPushAndItIsUpdated() {
        NotificationDaemon daemon(bus_->connect(QStringLiteral("daemon")));
        QVERIFY(daemon.present);
        DesktopNotifier notifier(bus_->connect(QStringLiteral("desk")));
        notifier.show(notice("a", QStringLiteral("Building: one")));
        notifier.show(notice("b", QStringLiteral("Building: two")));
        QTRY_COMPARE(daemon.notes.size(), std::size_t(2));
        notifier.show(notice("a", QStringLiteral("Live: one")));
        QTRY_COMPARE(daemon.calls, 3);
        QCOMPARE(daemon.notes.size(), std::size_t(2));
        QCOMPARE(daemon.notes.at(41).title, QStringLiteral("Live: one"));
        QCOMPARE(daemon.notes.at(42).title, QStringLiteral("Building: two"));
    }

    void anUpdateWaitsForTheNumberOfTheFirst() {
        NotificationDaemon daemon(bus_->connect(QStringLiteral("daemon")));
        DesktopNotifier notifier(bus_->connect(QStringLiteral("desk")));
        // No answer can have come between these.
        notifier.show(notice("a", QStringLiteral("Building")));
        notifier.show(notice("a", QStringLiteral("Stuck")));
        notifier.show(notice("a", QStringLiteral("Live")));
        QTRY_VERIFY(!daemon.notes.empty() && daemon.notes.begin()->second.title == QLatin1String("Live"));
        QCOMPARE(daemon.notes.size(), std::size_t(1));
        QCOMPARE(daemon.calls, 2);  // what was overtaken is not shown
    }

    void whatTheUserClosedComesUpAnew() {
        NotificationDaemon daemon(bus_->connect(QStringLiteral("daemon")));
        DesktopNotifier notifier(bus_->connect(QStringLiteral("desk")));
        notifier.show(notice("a", QStringLiteral("Building")));
        QTRY_COMPARE(daemon.calls, 1);
        emit daemon.NotificationClosed(41, 2);
        // The second notice tells that the first signal has arrived: messages keep their order.
        QSignalSpy opened(&notifier, &DesktopNotifier::opened);
        notifier.show(notice("b", QStringLiteral("Building")));
        QTRY_COMPARE(daemon.calls, 2);
        emit daemon.ActionInvoked(42, QStringLiteral("default"));
        QTRY_COMPARE(opened.count(), 1);
        notifier.show(notice("a", QStringLiteral("Live")));
        QTRY_COMPARE(daemon.calls, 3);
        QCOMPARE(daemon.notes.at(43).title, QStringLiteral("Live"));
    }

    void textFromOutsideIsNoMarkup() {
        NotificationDaemon daemon(bus_->connect(QStringLiteral("daemon")));
        DesktopNotifier notifier(bus_->connect(QStringLiteral("desk")));
        const QString body = QStringLiteral("<b>fix</b> & <img src=x>");
        notifier.show(notice("a", QStringLiteral("Live: <i>x</i>"), body));
        QTRY_COMPARE(daemon.calls, 1);
        QCOMPARE(daemon.notes.at(41).title,
                 QStringLiteral("Live: <i>x</i>"));  // titles are plain by the specification
        QCOMPARE(daemon.notes.at(41).body, body.toHtmlEscaped());
        daemon.capabilities = QStringList{QStringLiteral("body")};
        QDBusConnection::disconnectFromBus(QStringLiteral("desk"));
        DesktopNotifier plain(bus_->connect(QStringLiteral("desk")));
        plain.show(notice("a", QStringLiteral("Live"), body));
        QTRY_COMPARE(daemon.calls, 2);
        QCOMPARE(daemon.notes.at(42).body, body);
    }

    void tellsWhatWasPressed() {
        NotificationDaemon daemon(bus_->connect(QStringLiteral("daemon")));
        DesktopNotifier notifier(bus_->connect(QStringLiteral("desk")));
        QSignalSpy opened(&notifier, &DesktopNotifier::opened);
        QSignalSpy copied(&notifier, &DesktopNotifier::copyWanted);
        PushNotice failed = notice("a", QStringLiteral("Failed"));
        failed.urgent = true;
        failed.error = QStringLiteral("exit 1");
        notifier.show(failed);
        QTRY_COMPARE(daemon.calls, 1);
        QVERIFY(daemon.notes.at(41).actions.contains(QStringLiteral("Copy error")));
        QCOMPARE(daemon.notes.at(41).hints.value(QStringLiteral("urgency")).toUInt(), 2U);
        emit daemon.ActionInvoked(41, QStringLiteral("copy"));
        QTRY_COMPARE(copied.count(), 1);
        QCOMPARE(copied.first().first().toString(), QStringLiteral("exit 1"));
        emit daemon.ActionInvoked(7, QStringLiteral("default"));  // another program's
        emit daemon.ActionInvoked(41, QStringLiteral("default"));
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().value<std::string>(), std::string("a"));
    }

    void withoutADaemonThereIsAnotherWay() {
        DesktopNotifier notifier(bus_->connect(QStringLiteral("desk")));
        QSignalSpy undelivered(&notifier, &DesktopNotifier::undelivered);
        notifier.show(notice("a", QStringLiteral("Live")));
        QTRY_COMPARE(undelivered.count(), 1);
        QCOMPARE(undelivered.first().first().value<PushNotice>().title, QStringLiteral("Live"));
        // One that comes later is used.
        NotificationDaemon daemon(bus_->connect(QStringLiteral("daemon")));
        notifier.show(notice("a", QStringLiteral("Live")));
        QTRY_COMPARE(daemon.calls, 1);
    }

    void withoutABusThereIsAnotherWay() {
        DesktopNotifier notifier{QDBusConnection(QStringLiteral("no such bus"))};
        QSignalSpy undelivered(&notifier, &DesktopNotifier::undelivered);
        notifier.show(notice("a", QStringLiteral("Live")));
        QCOMPARE(undelivered.count(), 1);
    }
};

CEREBRAL_TEST(DesktopNotifierTest)
#include "desktop_notifier_test.moc"
