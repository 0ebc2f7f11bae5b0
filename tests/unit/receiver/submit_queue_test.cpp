#include "receiver/submit/submit_queue.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;
using receiver::SubmitQueue;

namespace {

const SteadyTime kNow{1h};

}  // namespace

class SubmitQueueTest : public QObject {
    Q_OBJECT
private slots:
    void aRunIsQueuedOnceAndEverybodyHears() {
        SubmitQueue queue;
        int told = 0;
        const auto listener = [&](const receiver::Settled&) { ++told; };
        QVERIFY(queue.add("a", "{}", kNow, listener));
        QVERIFY(!queue.add("a", "{another}", kNow, listener));
        QVERIFY(!queue.add("a", "{}", kNow, nullptr));
        QCOMPARE(queue.size(), std::size_t{1});
        QCOMPARE(queue.takeDue(kNow), std::optional<std::string>("a"));
        QVERIFY(!queue.takeDue(kNow + 1h));
        // Joined while it is out.
        QVERIFY(!queue.add("a", "{}", kNow, listener));
        QVERIFY(!queue.takeDue(kNow + 1h));
        const auto run = queue.finish("a");
        QCOMPARE(run.manifest, std::string("{}"));
        QCOMPARE(run.listeners.size(), std::size_t{3});
        QCOMPARE(queue.size(), std::size_t{0});
    }

    void whatIsDueFirstGoesFirst() {
        SubmitQueue queue;
        (void)queue.add("later", "", kNow + 5s, nullptr);
        (void)queue.add("sooner", "", kNow + 2s, nullptr);
        QVERIFY(queue.nextDue() == kNow + 2s);
        QVERIFY(!queue.takeDue(kNow + 1s));
        QCOMPARE(queue.takeDue(kNow + 10s), std::optional<std::string>("sooner"));
        queue.retryAt("sooner", kNow + 7s);
        QCOMPARE(queue.takeDue(kNow + 10s), std::optional<std::string>("later"));
        QCOMPARE(queue.takeDue(kNow + 10s), std::optional<std::string>("sooner"));
        QVERIFY(!queue.nextDue());
    }

    void whileTheServerIsAwayOneProbesAndTheOthersWait() {
        SubmitQueue queue;
        for (const char* name : {"a", "b", "c"}) (void)queue.add(name, "", kNow, nullptr);
        QCOMPARE(queue.takeDue(kNow), std::optional<std::string>("a"));
        queue.close(kNow + 10s);
        queue.retryAt("a", kNow);
        QVERIFY(queue.closed() && !queue.probing());
        QVERIFY(!queue.takeDue(kNow + 9s));
        QVERIFY(queue.nextDue() == kNow + 10s);

        const auto probe = queue.takeDue(kNow + 10s);
        QVERIFY(probe && queue.probing());
        QVERIFY(!queue.takeDue(kNow + 1h));
        QVERIFY(!queue.nextDue());
        // It failed as well: closed again, and once more one probe.
        queue.close(kNow + 20s);
        queue.retryAt(*probe, kNow);
        QVERIFY(!queue.takeDue(kNow + 19s));
        QVERIFY(queue.takeDue(kNow + 20s).has_value());
        QVERIFY(!queue.takeDue(kNow + 20s).has_value());
        queue.open();
        QVERIFY(queue.takeDue(kNow + 20s).has_value());
        QVERIFY(queue.takeDue(kNow + 20s).has_value());
        QCOMPARE(queue.size(), std::size_t{3});  // all are out, none is settled
    }
};

CEREBRAL_TEST(SubmitQueueTest)
#include "submit_queue_test.moc"
