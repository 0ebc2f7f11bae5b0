#include <QSignalSpy>
#include <QtTest/QtTest>
#include <thread>

#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "ui/bridge/cluster_bridge.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::RunMaker;
using tekton::RunState;

class BridgeTest : public QObject {
    Q_OBJECT

private slots:
    void mergesByUid() {
        RunMaker maker(1);
        const auto a = maker.make(RunState::Running, "ai-services", 1);
        const auto b = maker.make(RunState::Running, "data-services", 1);
        const auto c = maker.make(RunState::Running, "bmad-services", 1);
        const auto a2 = maker.changed(a, RunState::Succeeded);
        ChangeFunnel<tekton::PipelineRun> funnel;
        funnel.push({.added = {a, b}, .updated = {}, .removed = {}});
        funnel.push({.added = {}, .updated = {a2}, .removed = {b, c}});
        funnel.push({.added = {c}, .updated = {}, .removed = {}});
        const auto net = funnel.take();
        QCOMPARE(net.added.size(), std::size_t{1});
        QCOMPARE(net.added[0].get(), a2.get());
        QCOMPARE(net.updated.size(), std::size_t{1});
        QCOMPARE(net.updated[0].get(), c.get());
        QVERIFY(net.removed.empty());
        QVERIFY(funnel.take().empty());
    }

    void crossesAtMostOnceEachInterval() {
        RunMaker maker(2);
        ClusterBridge bridge(std::chrono::milliseconds(50));
        int arrived = 0;
        QElapsedTimer last;
        bool tooOften = false;
        connect(&bridge, &ClusterBridge::runsChanged, this, [&](const RunChanges& changes) {
            QCOMPARE(QThread::currentThread(), thread());
            arrived += static_cast<int>(changes.added.size());
            tooOften = tooOften || (last.isValid() && last.elapsed() < 45);
            last.start();
        });
        std::vector<test::RunPtr> made;
        for (int i = 0; i < 2000; ++i) made.push_back(maker.random());
        std::jthread poster([&] {
            for (const auto& run : made) {
                bridge.post({.added = {run}, .updated = {}, .removed = {}});
                std::this_thread::yield();
            }
        });
        QTRY_COMPARE_WITH_TIMEOUT(arrived, 2000, 10'000);
        QVERIFY(!tooOften);
    }

    void partsOfASlowListWaitForEachOther() {
        RunMaker maker(4);
        constexpr std::chrono::milliseconds kInterval(40);
        ClusterBridge bridge(kInterval);
        QElapsedTimer sinceFirst;
        int crossed = 0;
        connect(&bridge, &ClusterBridge::runsChanged, this, [&] {
            if (crossed++ == 0) sinceFirst.start();
        });
        // Far fewer than a fast list brings in this time, and far more than people start.
        const auto post = [&] {
            RunChanges part;
            for (int i = 0; i < 30; ++i) part.added.push_back(maker.random());
            bridge.post(part);
        };
        post();
        QTRY_COMPARE(crossed, 1);
        post();
        QTRY_COMPARE(crossed, 2);
        QVERIFY2(sinceFirst.elapsed() >= 2 * kInterval.count() - 1,
                 qPrintable(QString::number(sinceFirst.elapsed())));
    }

    void theEndOfAListBringsAtOnceWhatWaitedForItsTurn() {
        RunMaker maker(3);
        // Far longer than the test takes: nothing crosses because its turn has come.
        ClusterBridge bridge(std::chrono::hours(1));
        QStringList seen;
        connect(&bridge, &ClusterBridge::runsChanged, this,
                [&](const RunChanges& changes) { seen << QString::number(changes.added.size()); });
        connect(&bridge, &ClusterBridge::syncChanged, this, [&] { seen << QStringLiteral("sync"); });
        bridge.post({.added = {maker.random()}, .updated = {}, .removed = {}});
        QCoreApplication::processEvents();
        QCOMPARE(seen, QStringList{"1"});
        bridge.post({.added = {maker.random(), maker.random()}, .updated = {}, .removed = {}});
        QCoreApplication::processEvents();
        QCOMPARE(seen, QStringList{"1"});
        bridge.postSyncChange();
        bridge.postSyncChange();
        QCoreApplication::processEvents();
        QCOMPARE(seen, (QStringList{"1", "2", "sync"}));
    }
};

CEREBRAL_TEST(BridgeTest)
#include "bridge_test.moc"
