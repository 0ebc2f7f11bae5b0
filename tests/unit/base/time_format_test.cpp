#include "core/base/time_format.h"

#include <QtTest/QtTest>
#include <random>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;

class TimeFormatTest : public QObject {
    Q_OBJECT
private slots:
    void formats() {
        const WallTime time(1'795'423'260s + 123'456us);
        QCOMPARE(formatRfc3339(time), std::string("2026-11-23T08:41:00Z"));
        QCOMPARE(formatRfc3339Millis(time), std::string("2026-11-23T08:41:00.123Z"));
        QCOMPARE(formatRfc3339Millis(WallTime(-1ms)), std::string("1969-12-31T23:59:59.999Z"));
    }

    void parsesFractionsAndOffsets() {
        const WallTime base(1'795'423'260s);
        QVERIFY(parseRfc3339("2026-11-23T08:41:00Z") == base);
        QVERIFY(parseRfc3339("2026-11-23t08:41:00z") == base);
        QVERIFY(parseRfc3339("2026-11-23T08:41:00.5Z") == base + 500ms);
        QVERIFY(parseRfc3339("2026-11-23T08:41:00.123456789Z") == base + 123'456'789ns);
        QVERIFY(parseRfc3339("2026-11-23T10:11:00+01:30") == base);
        QVERIFY(parseRfc3339("2026-11-22T23:41:00-09:00") == base);
        QVERIFY(parseRfc3339("2024-02-29T00:00:00Z").has_value());
        QVERIFY(parseRfc3339("2026-12-31T23:59:60Z") == parseRfc3339("2027-01-01T00:00:00Z").value());
    }

    void refusesEverythingElse() {
        for (const char* bad :
             {"", "2026-11-23", "2026-11-23T08:41:00", "2026-11-23 08:41:00Z", "2026-11-23T08:41Z",
              "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T08:60:00Z",
              "2026-11-23T08:41:61Z", "2026-11-23T08:41:00.Z", "2026-11-23T08:41:00.1234567890Z",
              "2026-11-23T08:41:00+1:00", "2026-11-23T08:41:00+24:00", "2026-11-23T08:41:00Zx",
              "+026-11-23T08:41:00Z", "2026-1a-23T08:41:00Z", "9999-11-23T08:41:00Z", "0001-01-01T00:00:00Z"}) {
            const auto result = parseRfc3339(bad);
            QVERIFY2(!result, bad);
            COMPARE_NAMED(result.error().kind, ErrorKind::Malformed);
        }
    }

    void roundTrip() {
        std::mt19937_64 random(3);
        std::uniform_int_distribution<std::int64_t> seconds(-5'000'000'000, 8'000'000'000);
        for (int i = 0; i < 2000; ++i) {
            const WallTime time{std::chrono::seconds(seconds(random))};
            QVERIFY(parseRfc3339(formatRfc3339(time)) == time);
        }
    }
};

CEREBRAL_TEST(TimeFormatTest)
#include "time_format_test.moc"
