#include "ui/desktop/push_notices.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "tests/ui/push_maker.h"
#include "ui/desktop/tray_state.h"

using namespace cerebral;
using namespace cerebral::ui;
using namespace std::chrono_literals;
using cerebral::test::PushMaker;
using cerebral::test::shared;
using journey::Stage;
using journey::StageState;

class PushNoticesTest : public QObject {
    Q_OBJECT

    PushMaker maker_{5};

    journey::Push fresh(const std::vector<std::string>& services = {"ai-services"}) {
        journey::Push push = maker_.make(services, Stage::Build, 0);
        push.message = "feat: rerank";
        push.branch = "main";
        push.author = "Mara Kern";
        push.begunAt = maker_.now + 1s;
        return push;
    }
    void put(journey::Push& push, Stage stage, StageState state) {
        for (auto& service : push.services) {
            maker_.put(service, stage, state);
            if (state == StageState::Done || state == StageState::Failed)
                service.runState = tekton::RunState::Succeeded;
        }
    }
    static std::vector<PushNotice> take(PushNotices& notices, const journey::Push& push) {
        return notices.take({{shared(push)}, {}});
    }

private slots:
    void tellsBuildingThenLive() {
        PushNotices notices(maker_.now);
        journey::Push push = fresh();
        auto told = take(notices, push);
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0].title, QStringLiteral("Building: feat: rerank"));
        QVERIFY(!told[0].last);
        QVERIFY(!told[0].urgent);
        // Progress on the way is no news.
        put(push, Stage::Rollout, StageState::Running);
        QVERIFY(take(notices, push).empty());
        put(push, Stage::Live, StageState::Done);
        told = take(notices, push);
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0].title, QStringLiteral("Live: feat: rerank"));
        QVERIFY2(told[0].body.startsWith(QStringLiteral("ai-services in 2/2 pods")), qPrintable(told[0].body));
        QVERIFY(told[0].last);
        QVERIFY(take(notices, push).empty());
        // What comes after is the newer push's.
        put(push, Stage::Live, StageState::Replaced);
        QVERIFY(take(notices, push).empty());
    }

    void namesStepAndExitCode() {
        PushNotices notices(maker_.now);
        journey::Push push = fresh({"ai-services", "data-services"});
        QCOMPARE(take(notices, push).size(), std::size_t(1));
        maker_.put(push.services[1], Stage::Build, StageState::Failed);
        push.services[1].failure = journey::FailurePoint{};
        push.services[1].failure->step = "build";
        push.services[1].failure->exitCode = 1;
        push.services[1].failure->message = "step \"build\" exited 1";
        auto told = take(notices, push);
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0].title, QStringLiteral("Failed in Build: feat: rerank"));
        QVERIFY2(told[0].body.startsWith(QStringLiteral("data-services: step build, exit 1\n")),
                 qPrintable(told[0].body));
        QVERIFY(told[0].urgent);
        QVERIFY(told[0].error.contains(QStringLiteral("step \"build\" exited 1")));
        // The other service goes on: no news. It fails too: the same notice says so.
        maker_.put(push.services[0], Stage::Image, StageState::Running);
        QVERIFY(take(notices, push).empty());
        maker_.put(push.services[0], Stage::Rollout, StageState::Failed);
        told = take(notices, push);
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY2(told[0].body.startsWith(QStringLiteral("ai-services, data-services")), qPrintable(told[0].body));
    }

    void stuckIsNotTheEnd() {
        PushNotices notices(maker_.now);
        journey::Push push = fresh();
        take(notices, push);
        put(push, Stage::Build, StageState::Stuck);
        push.services[0].stuck = journey::StuckPoint{};
        push.services[0].stuck->reason = "PullImageFailed";
        auto told = take(notices, push);
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0].title, QStringLiteral("Stuck in Build: feat: rerank"));
        QVERIFY(told[0].urgent && !told[0].last);
        put(push, Stage::Live, StageState::Done);
        push.services[0].stuck.reset();
        QCOMPARE(take(notices, push).at(0).status, Status::Live);
    }

    void ofOldPushesOnlyTheEnd() {
        PushNotices notices(maker_.now);
        journey::Push underway = fresh();
        underway.begunAt = maker_.now - 60s;
        journey::Push over = fresh();
        over.begunAt = maker_.now - 3600s;
        put(over, Stage::Live, StageState::Done);
        QVERIFY(notices.take({{shared(underway), shared(over)}, {}}).empty());
        put(over, Stage::Build, StageState::Failed);
        QVERIFY(take(notices, over).empty());
        put(underway, Stage::Live, StageState::Done);
        QCOMPARE(take(notices, underway).at(0).title, QStringLiteral("Live: feat: rerank"));
    }

    void cancelledOnlyMendsWhatIsShown() {
        PushNotices notices(maker_.now);
        journey::Push shown = fresh();
        take(notices, shown);
        put(shown, Stage::Build, StageState::Cancelled);
        shown.services[0].runState = tekton::RunState::Cancelled;
        QCOMPARE(take(notices, shown).at(0).title, QStringLiteral("Cancelled: feat: rerank"));
        journey::Push unseen = fresh();
        put(unseen, Stage::Build, StageState::Cancelled);
        unseen.services[0].runState = tekton::RunState::Cancelled;
        QVERIFY(take(notices, unseen).empty());
        journey::Push ignored = fresh({});
        ignored.ignoredReason = "tags are not built";
        QVERIFY(take(notices, ignored).empty());
    }

    void onlyMineAndNone() {
        PushNotices notices(maker_.now);
        notices.setScope(PushNotices::Scope::Mine, {QStringLiteral("mara kern")});
        journey::Push mine = fresh();
        journey::Push other = fresh();
        other.author = "jt";
        other.pusher = "jt";
        const auto told = notices.take({{shared(mine), shared(other)}, {}});
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0].key, mine.key);
        notices.setScope(PushNotices::Scope::None, {});
        put(mine, Stage::Live, StageState::Done);
        QVERIFY(take(notices, mine).empty());
    }

    void forgetsAnotherCluster() {
        PushNotices notices(maker_.now);
        journey::Push push = fresh();
        take(notices, push);
        notices.restart(maker_.now + 60s);
        QVERIFY(take(notices, push).empty());  // now an old one, under way
        put(push, Stage::Build, StageState::Failed);
        QCOMPARE(take(notices, push).size(), std::size_t(1));
    }

    void trayTellsTheWorst() {
        ConnectionSummary live;
        live.state = ConnectionSummary::State::Live;
        QCOMPARE(trayState({}, live).text, QStringLiteral("Nothing under way"));
        journey::Push failed = fresh();
        put(failed, Stage::Build, StageState::Failed);
        journey::Push underway = fresh({"data-services"});
        auto state = trayState({shared(failed), shared(underway)}, live);
        QCOMPARE(state.status, Status::Failed);
        QCOMPARE(state.text, QStringLiteral("1 failed, 1 under way"));
        // A newer push of the same service and branch is being built: the failure is history.
        journey::Push again = fresh();
        again.begunAt = failed.begunAt + 60s;
        state = trayState({shared(failed), shared(underway), shared(again)}, live);
        QCOMPARE(state.status, Status::Running);
        QCOMPARE(state.text, QStringLiteral("2 under way"));
        ConnectionSummary lost;
        lost.state = ConnectionSummary::State::Reconnecting;
        lost.ageMs = 42'000;
        state = trayState({shared(failed)}, lost);
        QCOMPARE(state.status, Status::Pending);
        QCOMPARE(state.text, QStringLiteral("Reconnecting, data 42 s old"));
    }
};

CEREBRAL_TEST(PushNoticesTest)
#include "push_notices_test.moc"
