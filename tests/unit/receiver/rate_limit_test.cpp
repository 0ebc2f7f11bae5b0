#include "receiver/rebuild/rate_limit.h"

#include <QtTest/QtTest>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;

class RateLimitTest : public QObject {
    Q_OBJECT
private slots:
    void aBurstThenOneEachInterval() {
        test::FakeClock clock;
        receiver::RateLimit limit(clock, 3, 2000ms);
        for (int i = 0; i < 3; ++i) QVERIFY(!limit.take());
        const auto wait = limit.take();
        QVERIFY(wait && *wait > 0ms && *wait <= 2001ms);
        clock.advance(1999ms);
        QVERIFY(limit.take().has_value());
        // Whoever waits as long as was said is let in, once.
        clock.advance(*limit.take());
        QVERIFY(!limit.take());
        QVERIFY(limit.take().has_value());
    }

    void askingInVainCostsNothing() {
        test::FakeClock clock;
        receiver::RateLimit limit(clock, 1, 1000ms);
        QVERIFY(!limit.take());
        for (int i = 0; i < 8; ++i) {
            clock.advance(125ms);
            QCOMPARE(limit.take().has_value(), i < 7);
        }
    }

    void aLongPauseFillsNoMoreThanTheBurst() {
        test::FakeClock clock;
        receiver::RateLimit limit(clock, 2, 1000ms);
        clock.advance(24h);
        QVERIFY(!limit.take());
        QVERIFY(!limit.take());
        QVERIFY(limit.take().has_value());
    }
};

CEREBRAL_TEST(RateLimitTest)
#include "rate_limit_test.moc"
