#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <chrono>
#include <functional>
#include <random>

#include "tests/e2e/receiver/storm/storm_cluster.h"
#include "tests/e2e/receiver/storm/storm_replicas.h"
#include "tests/e2e/receiver/storm/storm_senders.h"
#include "tests/support/test_main.h"

using namespace cerebral::test;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

int number(const char* variable, int otherwise) {
    bool ok = false;
    const int value = qEnvironmentVariableIntValue(variable, &ok);
    return ok ? value : otherwise;
}

/// How much of it: the whole storm takes a minute and a half, the short one some seconds.
struct Scale {
    int pushes = 800;
    int perSecond = 100;
    std::chrono::seconds absence{1};
    int leastDeaths = 3;
};

Scale scale() {
    const bool full = number("CEREBRAL_STORM", 0) == 1 || qEnvironmentVariable("CEREBRAL_CI") == "1";
    return full ? Scale{5'000, 80, 10s, 20} : Scale{};
}

}  // namespace

/// Every acknowledged push has each of its runs exactly once, whatever dies meanwhile. The count is the
/// API server's own record.
///   CEREBRAL_STORM=1   the whole storm (as in CI): 5,000 pushes, two absences of ten seconds
///   CEREBRAL_SEED=N    another history, or the same again
class ExactlyOnceTest : public QObject {
    Q_OBJECT

    /// Trouble of every kind, until the last push has begun.
    static void rage(StormCluster& cluster, StormReplicas& replicas, const StormSenders& senders,
                     std::mt19937& random, const Scale& scale) {
        int absences = 0;
        const auto until = Clock::now() + 150s;
        while (!senders.finished() && Clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50 + random() % 250));
            cluster.tick();
            // At a third and at two thirds of the way.
            if (absences < 2 && senders.begun() > scale.pushes * (absences + 1) / 3) {
                ++absences;
                cluster.goAway(scale.absence);
            }
            if (random() % 5 == 0) cluster.burst();
            if (random() % 4 == 0) replicas.killAndRestart(random() % StormReplicas::kCount, random() % 2 == 0);
            replicas.revive(true);
        }
        QCOMPARE(absences, 2);
        QVERIFY(senders.finished());
    }

    static bool waitFor(const std::function<bool()>& done, std::chrono::seconds limit) {
        const auto until = Clock::now() + limit;
        while (!done()) {
            if (Clock::now() > until) return false;
            std::this_thread::sleep_for(100ms);
        }
        return true;
    }

private slots:
    void whateverDies_data() {
        QTest::addColumn<bool>("demo");
        QTest::newRow("faults chosen create by create") << false;
        QTest::newRow("demo cluster") << true;
    }
    void whateverDies() {
        QFETCH(bool, demo);
        const auto seed = static_cast<unsigned>(number("CEREBRAL_SEED", int(std::random_device{}() % 1'000'000)));
        const Scale scale = ::scale();
        qInfo("seed %u, %d pushes", seed, scale.pushes);
        std::mt19937 random(seed);
        const auto from = Clock::now();

        const QTemporaryDir dir;
        const std::string directory = dir.path().toStdString();
        const auto cluster = demo ? makeDemoCluster(directory, seed) : makeFakeCluster(directory, seed);
        QVERIFY2(cluster->problem().empty(), cluster->problem().c_str());
        StormReplicas replicas(directory, cluster->kubeconfig(), random);
        StormSenders senders(scale.pushes, scale.perSecond, seed, [&](std::size_t i) { return replicas.port(i); });
        rage(*cluster, replicas, senders, random, scale);
        const StormLedger& ledger = senders.join();
        if (QTest::currentTestFailed()) return;

        // Calm: what was promised must come true, out of the spools of new processes.
        cluster->calm();
        for (std::size_t i = 0; i < StormReplicas::kCount; ++i) {
            replicas.killAndRestart(i, false);
            QVERIFY2(replicas.process(i).started(), replicas.process(i).process().standardError());
        }
        for (std::size_t i = 0; i < StormReplicas::kCount; ++i) {
            QVERIFY(waitFor([&] { return replicas.process(i).metric("github_webhook_spool_depth") == 0.0; }, 60s));
        }

        const auto made = cluster->creations();
        qInfo("%d sent, %zu acknowledged, %d redelivered; %zu runs; %d kills, %d deaths at failpoints; %lld s",
              scale.pushes, ledger.acknowledged.size(), ledger.redelivered, made.size(), replicas.kills(),
              replicas.failpointDeaths(),
              static_cast<long long>(std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - from).count()));

        std::map<int, int> runsOf;
        for (const auto& [name, count] : made) {
            QVERIFY2(count == 1, name.c_str());  // no key twice
            const int push = StormSenders::pushOf(name);
            QVERIFY2(ledger.expectedRuns.contains(push), name.c_str());  // nothing that nobody sent
            ++runsOf[push];
        }
        for (const std::string& name : ledger.acknowledgedRuns) QVERIFY2(made.contains(name), name.c_str());
        for (const auto& [push, expected] : ledger.expectedRuns) {
            // Accepted: all of it, once. Not acknowledged: all of it or nothing, and never twice.
            const int runs = runsOf.contains(push) ? runsOf.at(push) : 0;
            const bool right = runs == expected || (runs == 0 && !ledger.acknowledged.contains(push));
            QVERIFY2(right, qPrintable(QString("push %1: %2 of %3 runs").arg(push).arg(runs).arg(expected)));
        }
        for (const std::string& answer : ledger.unexpectedAnswers) QFAIL(answer.c_str());
        QVERIFY(ledger.acknowledged.size() > ledger.expectedRuns.size() / 2);
        QVERIFY(replicas.kills() + replicas.failpointDeaths() >= scale.leastDeaths);
    }
};

CEREBRAL_TEST(ExactlyOnceTest)
#include "exactly_once_test.moc"
