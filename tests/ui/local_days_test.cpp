#include <QDateTime>
#include <QtTest/QtTest>
#include <ctime>

#include "tests/support/test_main.h"
#include "ui/models/local_days.h"

using cerebral::ui::LocalDays;

class LocalDaysTest : public QObject {
    Q_OBJECT

    static void useZone(const char* zone) {
        qputenv("TZ", zone);
        tzset();
    }

private slots:
    void saysWhatTheCalendarSays_data() {
        QTest::addColumn<QByteArray>("zone");
        for (const char* zone : {"UTC", "Europe/Berlin", "Asia/Kolkata", "Pacific/Kiritimati", "America/Havana"})
            QTest::newRow(zone) << QByteArray(zone);
    }

    /// Over a year, with its days of 23 and 25 hours; in Havana one of them has no midnight.
    void saysWhatTheCalendarSays() {
        QFETCH(QByteArray, zone);
        useZone(zone.constData());
        constexpr qint64 kStep = 17 * 60 * 1000;
        constexpr qint64 kBegin = 1'767'222'000'000;  // 31 Dec 2025, 23:00 UTC
        LocalDays days;
        for (qint64 ms = kBegin; ms < kBegin + 370LL * 86'400'000; ms += kStep)
            QCOMPARE(days.julianDay(ms), QDateTime::fromMSecsSinceEpoch(ms).date().toJulianDay());
        // From the cache, backwards.
        for (qint64 ms = kBegin + 370LL * 86'400'000; ms > kBegin; ms -= kStep)
            QCOMPARE(days.julianDay(ms - 1), QDateTime::fromMSecsSinceEpoch(ms - 1).date().toJulianDay());
    }

    void followsAnotherZone() {
        constexpr qint64 kLateEvening = 1'790'113'800'000;  // 22 Sep 2026, 21:50 UTC
        useZone("UTC");
        LocalDays days;
        const qint64 here = days.julianDay(kLateEvening);
        useZone("Asia/Tokyo");
        days.forget();
        QCOMPARE(days.julianDay(kLateEvening), here + 1);
    }
};

CEREBRAL_TEST(LocalDaysTest)
#include "local_days_test.moc"
