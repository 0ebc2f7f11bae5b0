#include "core/kube/session/connection_state.h"

#include <QtTest/QtTest>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using kube::SyncPhase;
using session::FeedState;
using session::Kind;
using session::summarize;

namespace {

FeedState feed(SyncPhase phase, int proof, bool synced = true, const std::string& why = {}) {
    FeedState state{Kind::Pods, "ns", {}};
    state.sync.phase = phase;
    state.sync.hasSynced = synced;
    state.sync.lastProof = SteadyTime(std::chrono::seconds(proof));
    state.sync.why = why;
    state.sync.malformedEvents = 1;
    return state;
}

}  // namespace

class ConnectionStateTest : public QObject {
    Q_OBJECT
private slots:
    void theWorstPhaseAndTheOldestProofCount() {
        const auto whole = summarize(
            {feed(SyncPhase::Live, 30), feed(SyncPhase::Reconnecting, 10, true, "gone"), feed(SyncPhase::Live, 20)});
        QCOMPARE(whole.phase, SyncPhase::Reconnecting);
        QCOMPARE(whole.why, std::string("gone"));
        QVERIFY(whole.lastProof == SteadyTime(std::chrono::seconds(10)));
        QVERIFY(whole.hasSynced);
        QCOMPARE(whole.malformedEvents, std::uint64_t{3});
    }

    void loadingIsWorseThanLiveAndHasNoAge() {
        const auto whole = summarize({feed(SyncPhase::Live, 30), feed(SyncPhase::Loading, 0, false)});
        QCOMPARE(whole.phase, SyncPhase::Loading);
        QVERIFY(!whole.hasSynced);
        QVERIFY(whole.lastProof == SteadyTime(std::chrono::seconds(30)));
    }

    void aForbiddenKindIsNamedAndHidesNothing() {
        const auto whole = summarize({feed(SyncPhase::Forbidden, 0, false, "no right"), feed(SyncPhase::Live, 30)});
        QCOMPARE(whole.phase, SyncPhase::Live);
        QVERIFY(whole.hasSynced);
        QCOMPARE(whole.forbidden, std::vector<std::string>{"pods in namespace ns: no right"});
        QVERIFY(whole.lastProof == SteadyTime(std::chrono::seconds(30)));
    }

    void whereAllIsForbiddenSoIsTheWhole() {
        const auto whole = summarize({feed(SyncPhase::Forbidden, 0, false, "no right")});
        QCOMPARE(whole.phase, SyncPhase::Forbidden);
        QVERIFY(!whole.hasSynced);
        QCOMPARE(summarize({}).phase, SyncPhase::Loading);
    }
};

CEREBRAL_TEST(ConnectionStateTest)
#include "connection_state_test.moc"
