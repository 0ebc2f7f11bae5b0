#include "core/base/backoff.h"

#include <QtTest/QtTest>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;

class BackoffTest : public QObject {
    Q_OBJECT
private slots:
    void doublesUpToTheCapWithJitter() {
        const test::FakeClock clock;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            Backoff backoff(clock, {}, seed);
            for (const auto base : {800ms, 1600ms, 3200ms, 6400ms, 12800ms, 25600ms, 30000ms, 30000ms}) {
                const auto delay = backoff.next();
                QVERIFY2(delay >= base && delay < 2 * base, std::to_string(delay.count()).c_str());
            }
        }
    }

    void clientsSpread() {
        const test::FakeClock clock;
        const auto first = Backoff(clock, {}, 1).next();
        bool differs = false;
        for (std::uint64_t seed = 2; seed < 12; ++seed) differs |= Backoff(clock, {}, seed).next() != first;
        QVERIFY(differs);
    }

    void startsOverAfterTwoHealthyMinutes() {
        test::FakeClock clock;
        Backoff backoff(clock, {}, 7);
        for (int i = 0; i < 5; ++i) static_cast<void>(backoff.next());
        clock.advance(120s);
        QVERIFY(backoff.next() >= 25600ms);
        clock.advance(121s);
        QVERIFY(backoff.next() < 1600ms);
    }

    void resetStartsOver() {
        const test::FakeClock clock;
        Backoff backoff(clock, {}, 7);
        for (int i = 0; i < 5; ++i) static_cast<void>(backoff.next());
        backoff.reset();
        QVERIFY(backoff.next() < 1600ms);
    }
};

CEREBRAL_TEST(BackoffTest)
#include "backoff_test.moc"
