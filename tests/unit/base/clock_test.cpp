#include "core/base/clock.h"

#include <QtTest/QtTest>
#include <thread>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;

class ClockTest : public QObject {
    Q_OBJECT
private slots:
    void waitsTheDuration() {
        SystemClock clock;
        const SteadyTime before = clock.steadyNow();
        QVERIFY(clock.waitFor(20ms, {}));
        QVERIFY(clock.steadyNow() - before >= 20ms);
    }

    void stopEndsTheWait() {
        SystemClock clock;
        const SteadyTime before = clock.steadyNow();
        bool finished = true;
        {
            std::jthread waiter([&](const std::stop_token& stop) { finished = clock.waitFor(1h, stop); });
            waiter.request_stop();
        }
        QVERIFY(!finished);
        QVERIFY(clock.steadyNow() - before < 1min);
    }

    void stoppedBeforehandDoesNotWait() {
        SystemClock clock;
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!clock.waitFor(1h, stop.get_token()));
    }

    void fakeTimePassesWhenWaitedFor() {
        test::FakeClock clock;
        const WallTime wall = clock.now();
        const SteadyTime steady = clock.steadyNow();
        QVERIFY(clock.waitFor(90min, {}));
        QVERIFY(clock.now() - wall == 90min);
        QVERIFY(clock.steadyNow() - steady == 90min);
        QCOMPARE(clock.waits().size(), std::size_t{1});
    }
};

CEREBRAL_TEST(ClockTest)
#include "clock_test.moc"
