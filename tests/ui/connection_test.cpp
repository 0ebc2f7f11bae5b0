#include <QtTest/QtTest>
#include <chrono>

#include "tests/support/test_main.h"
#include "ui/models/connection.h"

using namespace cerebral;
using namespace cerebral::ui;
using namespace std::chrono_literals;
using kube::SyncPhase;

class ConnectionTest : public QObject {
    Q_OBJECT

    static KindSync kind(const char* plural, SyncPhase phase, SteadyTime proof) {
        return {QString::fromLatin1(plural),
                {.phase = phase, .hasSynced = true, .since = proof, .lastProof = proof, .why = "why"}};
    }

private slots:
    void theWorstKindSpeaks() {
        const SteadyTime now = SteadyTime{} + 1h;
        const auto live = kind("pipelineruns", SyncPhase::Live, now - 400ms);
        const auto lost = kind("pods", SyncPhase::Reconnecting, now - 42s);
        const auto refused = kind("events", SyncPhase::Forbidden, now);
        const auto loading = kind("taskruns", SyncPhase::Loading, now);
        QCOMPARE(summarize({}, now).state, ConnectionSummary::State::Disconnected);
        QCOMPARE(summarize({live}, now).state, ConnectionSummary::State::Live);
        QCOMPARE(summarize({live}, now).ageMs, 400);
        QCOMPARE(summarize({live, loading}, now).state, ConnectionSummary::State::Loading);
        QCOMPARE(summarize({live, loading, refused}, now).state, ConnectionSummary::State::Forbidden);
        QCOMPARE(summarize({live, loading, refused}, now).kindsRefused, 1);
        const auto refusedToo = kind("taskruns", SyncPhase::Forbidden, now);
        QCOMPARE(summarize({live, refused, refused, refusedToo}, now).kindsRefused, 2);
        const auto worst = summarize({live, refused, lost, loading}, now);
        QCOMPARE(worst.state, ConnectionSummary::State::Reconnecting);
        QCOMPARE(worst.ageMs, 42'000);
        QVERIFY(worst.stale());
    }

    /// All pages and the banner name this time: it moves with the proofs, not with the clocks.
    void whatIsStaleWasSeenAtOneTime() {
        const SteadyTime now = SteadyTime{} + 1h;
        const WallTime clock = WallTime{} + 1000h;
        const auto seen = [&](std::chrono::milliseconds proof, std::chrono::milliseconds later,
                              const ConnectionSummary& before) {
            ConnectionSummary summary = summarize({kind("pods", SyncPhase::Reconnecting, now - proof)}, now);
            dateSummary(summary, before, clock + later);
            return summary;
        };
        QCOMPARE(seen(29s, 0ms, {}).seenMs, 0);
        const ConnectionSummary first = seen(42s, 0ms, {});
        QCOMPARE(first.seenMs, (clock - 42s).time_since_epoch() / 1ms);
        QCOMPARE(seen(42s, 3ms, first).seenMs, first.seenMs);
        QCOMPARE(seen(46s, 3ms, first).seenMs, (clock - 46s + 3ms).time_since_epoch() / 1ms);
    }

    void staleOnlyAfterThirtySeconds() {
        const SteadyTime now = SteadyTime{} + 1h;
        QVERIFY(!summarize({kind("pods", SyncPhase::Reconnecting, now - 29s)}, now).stale());
        QVERIFY(summarize({kind("pods", SyncPhase::Reconnecting, now - 30s)}, now).stale());
        QVERIFY(!summarize({kind("pods", SyncPhase::Live, now - 300s)}, now).stale());
    }
};

CEREBRAL_TEST(ConnectionTest)
#include "connection_test.moc"
