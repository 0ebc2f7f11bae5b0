#include "core/analysis/duration_stats.h"

#include <QTest>
#include <chrono>

#include "tests/support/test_main.h"

using namespace cerebral::analysis;
using namespace std::chrono_literals;

class DurationStatsTest : public QObject {
    Q_OBJECT
private slots:
    void fewValues() {
        QVERIFY(statsOf({}) == DurationStats{});
        QVERIFY((statsOf({7s}) == DurationStats{1, 7s, 7s}));
        QVERIFY((statsOf({9s, 1s}) == DurationStats{2, 5s, 9s}));
        QVERIFY((statsOf({9s, 1s, 2s}) == DurationStats{3, 2s, 9s}));
    }

    void ranksOfManyValues() {
        std::vector<std::chrono::milliseconds> values;
        for (int i = 100; i >= 1; --i) values.emplace_back(i);
        QVERIFY((statsOf(values) == DurationStats{100, 50ms, 95ms}));
        values.resize(20);  // 100 … 81
        QVERIFY((statsOf(values) == DurationStats{20, 90ms, 99ms}));
    }
};

CEREBRAL_TEST(DurationStatsTest)
#include "duration_stats_test.moc"
