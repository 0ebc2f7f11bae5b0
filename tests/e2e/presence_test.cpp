// What the program is outside its windows: notices and the tray, as Settings have them.
#include <QClipboard>
#include <QtTest/QtTest>
#include <memory>

#include "app/dashboard/dashboard.h"
#include "app/dashboard/desktop_presence.h"
#include "tests/e2e/own_cluster.h"
#include "tests/support/test_main.h"
#include "tests/ui/notification_daemon.h"
#include "tests/ui/private_bus.h"
#include "tests/ui/push_maker.h"

using namespace cerebral;
using namespace cerebral::test;
using journey::Stage;
using journey::StageState;

class PresenceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<PrivateBus> bus_;
    std::unique_ptr<OwnCluster> own_;
    std::unique_ptr<NotificationDaemon> daemon_;
    std::unique_ptr<dashboard::Dashboard> dashboard_;
    std::unique_ptr<dashboard::DesktopPresence> presence_;
    PushMaker maker_{41};

    /// A push that has just begun, as the cluster's watches would bring it.
    journey::PushPtr push(const char* message, StageState state = StageState::Running) {
        maker_.now = dashboard_->clock().now() + std::chrono::seconds(1);
        journey::Push made = maker_.make({"ai-services"}, Stage::Build, 0);
        made.message = message;
        made.begunAt = maker_.now;
        maker_.put(made.services.front(), Stage::Build, state);
        return shared(std::move(made));
    }
    void arrive(const journey::PushPtr& push) {
        journey::PushChanges changes;
        changes.changed.push_back(push);
        dashboard_->bridge().post(changes);
    }
    [[nodiscard]] int told(const char* message) const {
        return static_cast<int>(std::count_if(daemon_->notes.begin(), daemon_->notes.end(), [&](const auto& note) {
            return note.second.title.contains(QLatin1String(message)) ||
                   note.second.body.contains(QLatin1String(message));
        }));
    }

private slots:
    void initTestCase() {
        bus_ = std::make_unique<PrivateBus>();
        requireBus(*bus_);
    }
    void init() {
        own_ = std::make_unique<OwnCluster>(4);
        QVERIFY2(own_->problem().isEmpty(), qPrintable(own_->problem()));
        daemon_ = std::make_unique<NotificationDaemon>(bus_->connect(QStringLiteral("daemon")));
        QVERIFY(daemon_->present);
        dashboard_ = std::make_unique<dashboard::Dashboard>(own_->options(), own_->log());
        QVERIFY(dashboard_->start().has_value());
        presence_ = std::make_unique<dashboard::DesktopPresence>(*dashboard_, bus_->connect(QStringLiteral("desk")));
        QTRY_VERIFY_WITH_TIMEOUT(dashboard_->pushes().total() > 0, 20'000);
    }
    void cleanup() {
        presence_.reset();
        dashboard_.reset();
        daemon_.reset();
        own_.reset();
        for (const char* name : {"desk", "daemon"}) QDBusConnection::disconnectFromBus(QLatin1String(name));
    }

    void noticesFollowTheSettingsAtOnce() {
        ui::Settings& settings = dashboard_->settings();
        arrive(push("first of all"));
        QTRY_COMPARE(told("first of all"), 1);

        settings.setNotices(QStringLiteral("none"));
        const journey::PushPtr unheard = push("nobody hears of this");
        arrive(unheard);
        settings.setHandles({QStringLiteral("jt")});
        journey::Push mine = *push("my own work");
        mine.author = "JT";
        journey::Push theirs = *push("the work of others");
        theirs.author = "somebody else";
        theirs.pusher = "somebody else";
        QTRY_VERIFY(dashboard_->pushes().pushFor(unheard->key) != nullptr);
        settings.setNotices(QStringLiteral("mine"));
        arrive(shared(theirs));
        arrive(shared(mine));
        QTRY_COMPARE(told("my own work"), 1);
        QCOMPARE(told("the work of others"), 0);
        QCOMPARE(told("nobody hears of this"), 0);

        settings.setNotices(QStringLiteral("all"));
        arrive(push("last of all"));
        QTRY_COMPARE(told("last of all"), 1);
    }

    void aNoticeLeadsToItsPush() {
        const journey::PushPtr failed = push("breaks the build", StageState::Failed);
        arrive(failed);
        QTRY_COMPARE(told("breaks the build"), 1);
        const uint id = daemon_->notes.rbegin()->first;
        ui::MainWindow& window = *dashboard_->window();
        window.bringUp(&window.runsPage());
        emit daemon_->ActionInvoked(id, QStringLiteral("default"));
        QTRY_VERIFY(window.pushesPage().isVisible());
        QTRY_VERIFY(window.pushesPage().view().currentPush() != nullptr);
        QCOMPARE(window.pushesPage().view().currentPush()->key, failed->key);
    }

    void theTrayFollowsTheSettings() {
        ui::Settings& settings = dashboard_->settings();
        QVERIFY(presence_->tray().wanted());
        settings.setTray(false);
        QVERIFY(!presence_->tray().wanted());
        const QString before = presence_->tray().text();
        arrive(push("breaks while nobody looks", StageState::Failed));
        QTRY_COMPARE(told("breaks while nobody looks"), 1);
        QCOMPARE(presence_->tray().text(), before);
        // Switched on it shows what is, not what was.
        settings.setTray(true);
        QVERIFY(presence_->tray().wanted());
        QVERIFY2(presence_->tray().text() != before, qPrintable(before));
    }
};

CEREBRAL_TEST(PresenceTest)
#include "presence_test.moc"
