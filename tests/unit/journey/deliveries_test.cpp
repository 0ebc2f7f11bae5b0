#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "tests/unit/journey/small_world.h"

using namespace cerebral;
using journey::DeliveryRecord;
using journey::PushState;
using journey::Stage;
using test::SmallWorld;

namespace {

DeliveryRecord delivery(const std::string& id, char commit, const std::string& status, const std::string& reason) {
    DeliveryRecord record;
    record.delivery = id;
    record.repository = "baerautotech/cerebral";
    record.ref = "refs/heads/main";
    record.before = test::commit('0');
    record.after = test::commit(commit);
    record.author = "Ada";
    record.receivedAt = test::noonPlus(50);
    record.status = status;
    record.reason = reason;
    return record;
}

}  // namespace

class DeliveriesTest : public QObject {
    Q_OBJECT
private slots:
    void aPushThatStartedNothingIsARowThatSaysWhy() {
        SmallWorld world;
        world.book().setDeliveries({delivery("d1", 'c', "ignored", "no service was touched")});
        const auto changes = world.update();
        QCOMPARE(changes.changed.size(), std::size_t{1});
        const auto push = world.pushOf('c');
        QCOMPARE(push->state(), PushState::Ignored);
        QCOMPARE(push->ignoredReason, std::string("no service was touched"));
        QCOMPARE(push->begunAt, test::noonPlus(50));
        QCOMPARE(push->branch, std::string("main"));
        QVERIFY(world.update().empty());
        world.book().setDeliveries({});
        QCOMPARE(world.update().removed.size(), std::size_t{1});
        QCOMPARE(world.book().size(), std::size_t{0});
    }

    void whatHasRunsIsNoRowOfItsOwn() {
        SmallWorld world;
        // Queued first: the run comes later and takes the row's place.
        world.book().setDeliveries({delivery("delivery-a", 'a', "queued", "")});
        (void)world.update();
        QCOMPARE(world.pushOf('a')->state(), PushState::Underway);
        const std::string queuedKey = world.pushOf('a')->key;
        (void)world.push({});
        const auto changes = world.update();
        QCOMPARE(changes.removed, std::vector<std::string>{queuedKey});
        QCOMPARE(world.book().size(), std::size_t{1});
        QCOMPARE(world.pushOf('a')->services.size(), std::size_t{1});
        world.book().setDeliveries({delivery("delivery-a", 'a', "duplicate", "")});
        (void)world.update();
        QCOMPARE(world.book().size(), std::size_t{1});
    }

    void theReceiversAnswerEndsReceived() {
        SmallWorld world;
        (void)world.push({});
        (void)world.update();
        QVERIFY(!world.only('a').stage(Stage::Received).duration());
        DeliveryRecord record = delivery("delivery-a", 'a', "created", "");
        record.answeredAt = test::kNoon + std::chrono::milliseconds(161);
        world.book().setDeliveries({record});
        QCOMPARE(world.update().changed.size(), std::size_t{1});
        QCOMPARE(world.only('a').stage(Stage::Received).duration(), std::optional(std::chrono::milliseconds(41)));
    }
};

CEREBRAL_TEST(DeliveriesTest)
#include "deliveries_test.moc"
