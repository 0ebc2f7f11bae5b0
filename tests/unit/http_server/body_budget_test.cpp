#include "core/net/server/body_budget.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral::net;

class BodyBudgetTest : public QObject {
    Q_OBJECT

private:
    static constexpr std::size_t kMiB = 1024U * 1024U;

private slots:
    void smallBodiesNeverWait() {
        BodyBudget budget(2 * kMiB, kMiB);
        BodyBudget::Share a;
        BodyBudget::Share b;
        BodyBudget::Share c;
        QVERIFY(budget.grow(1, a, kMiB, [] {}));
        QVERIFY(budget.grow(2, b, kMiB, [] {}));
        QVERIFY(budget.grow(3, c, BodyBudget::kFreeBytes, [] { QFAIL("a small body waited"); }));
    }
    void oneBodyMayAlwaysFinish() {
        BodyBudget budget(3 * kMiB, 2 * kMiB);
        BodyBudget::Share a;
        BodyBudget::Share b;
        int resumed = 0;
        QVERIFY(budget.grow(1, a, kMiB, [] {}));
        QVERIFY(budget.grow(2, b, kMiB, [] {}));  // out of the reserve
        QVERIFY(!budget.grow(1, a, 2 * kMiB, [&] { ++resumed; }));
        QVERIFY(budget.grow(2, b, 2 * kMiB, [] {}));  // goes on to its end
        QVERIFY(budget.used() <= 3 * kMiB);
        budget.release(2, b);
        QCOMPARE(resumed, 1);
        QVERIFY(budget.grow(1, a, 2 * kMiB, [] {}));
        budget.release(1, a);
        QCOMPARE(budget.used(), std::size_t(0));
    }
    void whoGivesUpIsForgotten() {
        BodyBudget budget(2 * kMiB, kMiB);
        BodyBudget::Share a;
        BodyBudget::Share b;
        BodyBudget::Share c;
        QVERIFY(budget.grow(1, a, kMiB, [] {}));
        QVERIFY(budget.grow(2, b, kMiB, [] {}));
        QVERIFY(!budget.grow(3, c, kMiB, [] { QFAIL("resumed after it gave up"); }));
        budget.release(3, c);
        budget.release(1, a);
    }
};

CEREBRAL_TEST(BodyBudgetTest)
#include "body_budget_test.moc"
