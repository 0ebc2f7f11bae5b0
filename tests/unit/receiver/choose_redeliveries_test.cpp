#include "receiver/reconcile/choose_redeliveries.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;
using receiver::HookDelivery;

namespace {

const WallTime kNow{1'795'423'260s};

HookDelivery attempt(std::uint64_t id, const char* guid, std::chrono::minutes ago, int status, bool again = false) {
    return {id, guid, kNow - ago, again, status, "push"};
}

std::vector<std::uint64_t> chosen(const std::vector<HookDelivery>& deliveries) {
    std::vector<std::uint64_t> ids;
    for (const auto& delivery : receiver::chooseRedeliveries(deliveries, kNow)) ids.push_back(delivery.id);
    return ids;
}

using Ids = std::vector<std::uint64_t>;

}  // namespace

class ChooseRedeliveriesTest : public QObject {
    Q_OBJECT
private slots:
    void whatFailedAndNeverWentWellIsAskedForOldestFirst() {
        QVERIFY((chosen({attempt(3, "c", 5min, 503), attempt(1, "a", 30min, 0), attempt(2, "b", 20min, 502),
                         attempt(4, "d", 4min, 200)}) == Ids{1, 2, 3}));
        QVERIFY(chosen({}).empty());
    }

    void oneGoodAttemptIsEnoughWhicheverItWas() {
        QVERIFY(chosen({attempt(1, "a", 30min, 0), attempt(2, "a", 20min, 202, true)}).empty());
        QVERIFY(chosen({attempt(1, "a", 30min, 200), attempt(2, "a", 20min, 503, true)}).empty());
    }

    void theNewestAttemptIsRepeatedAndNotForEver() {
        std::vector<HookDelivery> attempts{attempt(1, "a", 60min, 0), attempt(2, "a", 50min, 0, true),
                                           attempt(3, "a", 40min, 0, true)};
        QVERIFY((chosen(attempts) == Ids{3}));
        attempts.push_back(attempt(4, "a", 30min, 0, true));
        QVERIFY(chosen(attempts).empty());
    }

    void ageCountsFromTheFirstAttempt() {
        QVERIFY((chosen({attempt(1, "a", 72h - 1min, 0)}) == Ids{1}));
        QVERIFY(chosen({attempt(1, "a", 72h, 0)}).empty());
        QVERIFY(chosen({attempt(1, "a", 73h, 0), attempt(2, "a", 1min, 0, true)}).empty());
    }

    void onlyPushes() {
        HookDelivery ping = attempt(1, "a", 5min, 0);
        ping.event = "ping";
        QVERIFY(chosen({ping}).empty());
    }
};

CEREBRAL_TEST(ChooseRedeliveriesTest)
#include "choose_redeliveries_test.moc"
