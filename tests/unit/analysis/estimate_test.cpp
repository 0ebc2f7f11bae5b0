#include "core/analysis/estimate.h"

#include <QTest>

#include "tests/support/test_main.h"

using namespace cerebral::analysis;
using namespace std::chrono_literals;

namespace {

constexpr DurationStats usual(std::chrono::milliseconds median, std::chrono::milliseconds p95 = 1h, int count = 20) {
    return {count, median, p95};
}

bool is(const std::optional<Expectation>& expectation, std::chrono::milliseconds begin,
        std::chrono::milliseconds end) {
    return expectation && expectation->begin == begin && expectation->end == end;
}

}  // namespace

class EstimateTest : public QObject {
    Q_OBJECT
private slots:
    void beforeAtAndPastTheMedian() {
        const auto before = estimate(89s, usual(133s, 180s)).value();
        QCOMPARE(before.left, 44s);
        QCOMPARE(before.over, 0s);
        QVERIFY(!before.late);
        QCOMPARE(before.scale, 143'640ms);
        const auto past = estimate(154s, usual(133s, 180s)).value();
        QCOMPARE(past.left, 0s);
        QCOMPARE(past.over, 21s);
        QVERIFY(!past.late);
        QCOMPARE(past.scale, 166'320ms);
        QVERIFY(!estimate(180s, usual(133s, 180s))->late);
        QVERIFY(estimate(181s, usual(133s, 180s))->late);
    }

    void fewerThanFiveRunsSayNothing() {
        QVERIFY(!estimate(1s, usual(1s, 1s, 4)));
        QVERIFY(estimate(1s, usual(1s, 1s, 5)).has_value());
    }

    void theSeedsThreeTasksOneAfterTheOther() {
        const std::vector<PlannedTask> tasks = {{{}, 0s, 7s, usual(8s)},
                                                {{0}, 7s, std::nullopt, usual(142s)},
                                                {{1}, std::nullopt, std::nullopt, usual(26s)}};
        const auto expected = expectTasks(tasks, 105s);
        QVERIFY(is(expected[0], 0s, 7s));
        QVERIFY(is(expected[1], 7s, 149s));
        QVERIFY(is(expected[2], 149s, 175s));
        QCOMPARE(expectedEnd(expected), std::optional<std::chrono::milliseconds>(175s));
        // Later than usual: it ends now at the earliest, and what follows moves along.
        const auto late = expectTasks(tasks, 200s);
        QVERIFY(is(late[1], 7s, 200s));
        QVERIFY(is(late[2], 200s, 226s));
    }

    void anotherTryTakesItsUsualTimeAgain() {
        const std::vector<PlannedTask> tasks = {{{}, 0s, std::nullopt, usual(20s), 30s},
                                                {{0}, std::nullopt, std::nullopt, usual(5s)}};
        const auto expected = expectTasks(tasks, 35s);
        QVERIFY(is(expected[0], 0s, 50s));
        QVERIFY(is(expected[1], 50s, 55s));
    }

    void diamondsFollowTheSlowerSide() {
        const std::vector<PlannedTask> tasks = {{{1, 2}, std::nullopt, std::nullopt, usual(5s)},
                                                {{3}, std::nullopt, std::nullopt, usual(10s)},
                                                {{3}, std::nullopt, std::nullopt, usual(30s)},
                                                {{}, std::nullopt, std::nullopt, usual(1s)}};
        const auto expected = expectTasks(tasks, 2s);
        QVERIFY(is(expected[3], 2s, 3s));
        QVERIFY(is(expected[1], 3s, 13s));
        QVERIFY(is(expected[2], 3s, 33s));
        QVERIFY(is(expected[0], 33s, 38s));
        QCOMPARE(criticalPath(tasks, expected), (std::vector<std::size_t>{3, 2, 0}));
    }

    void whatCannotBeToldIsNotTold() {
        const std::vector<PlannedTask> circle = {{{1}, std::nullopt, std::nullopt, usual(1s)},
                                                 {{0}, std::nullopt, std::nullopt, usual(1s)},
                                                 {{9}, std::nullopt, std::nullopt, usual(1s)},
                                                 {{}, std::nullopt, std::nullopt, usual(1s, 1s, 4)},
                                                 {{}, 0s, 1s, {}}};
        const auto expected = expectTasks(circle, 5s);
        QVERIFY(!expected[0] && !expected[1] && !expected[2] && !expected[3]);
        QVERIFY(is(expected[4], 0s, 1s));
        QVERIFY(!expectedEnd(expected));
        QCOMPARE(criticalPath(circle, expected), std::vector<std::size_t>{4});
        QVERIFY(!expectedEnd({}));
        QVERIFY(criticalPath({}, {}).empty());
    }
};

CEREBRAL_TEST(EstimateTest)
#include "estimate_test.moc"
