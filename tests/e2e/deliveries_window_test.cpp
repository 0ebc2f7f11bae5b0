// A push that builds nothing is a row that says why, in the words of the real receiver, read from its admin port
// through the API server's pod proxy.
#include "core/kube/kubeconfig.h"
#include "core/rebuild/delivery_reader.h"
#include "tests/e2e/desk.h"
#include "tests/support/test_main.h"
#include "ui/models/format.h"

using namespace cerebral;
using namespace cerebral::test;

class DeliveriesWindowTest : public QObject {
    Q_OBJECT

    static rebuild::DeliveryReader readerAs(const PlatformUnderTest& platform, const char* context) {
        static const SystemClock clock;
        const auto config = kube::Kubeconfig::load({platform.kubeconfig().toStdString(), {}, {}});
        if (!config) qFatal("%s", config.error().message.c_str());
        auto access = config->access(context, clock);
        if (!access) qFatal("%s", access.error().message.c_str());
        return {std::move(*access), "tekton-pipelines", clock};
    }

private slots:
    void aPushThatBuildsNothingSaysWhy();
    void theReaderNeedsTheRight();
};

void DeliveriesWindowTest::aPushThatBuildsNothingSaysWhy() {
    Desk desk;
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.connection().startsWith("Live"), kPatienceMs);
    const PlatformUnderTest::Answer answer =
        desk.platform().send(QStringLiteral(CEREBRAL_TEST_DATA "/push/no-service.json"));
    QCOMPARE(answer.json["status"].toString(), QStringLiteral("ignored"));
    const QString reason = answer.json["reason"].toString();
    QVERIFY(!reason.isEmpty());
    QVERIFY(desk.created().isEmpty());

    desk.key(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(desk.pushes().count(journey::PushState::Ignored), 1, kPatienceMs);
    const journey::PushPtr push = desk.pushes().pushAt(desk.pushes().index(0, 0));
    QCOMPARE(ui::fromUtf8(push->ignoredReason), reason);
    QCOMPARE(push->branch, std::string("main"));
    QVERIFY(push->services.empty());
    QCOMPARE(push->commit.size(), std::size_t{40});
    // For those who cannot see it too.
    const QString spoken = desk.pushes().index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains(reason), qPrintable(spoken));

    // One that does build stays one row.
    const QStringList runs = desk.push("one-service.json");
    QCOMPARE(runs.size(), 1);
    QVERIFY(desk.pushOf(runs.front()) != nullptr);
    desk.key(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(desk.pushes().count(journey::PushState::Live), 1, kPatienceMs);
    QCOMPARE(desk.pushes().rowCount(), 2);
}

void DeliveriesWindowTest::theReaderNeedsTheRight() {
    const PlatformUnderTest platform;
    QVERIFY2(platform.problem().isEmpty(), qPrintable(platform.problem()));
    const auto sent = platform.send(QStringLiteral(CEREBRAL_TEST_DATA "/push/no-service.json"));
    QCOMPARE(sent.json["status"].toString(), QStringLiteral("ignored"));

    rebuild::DeliveryReader reader = readerAs(platform, "demo");
    for (int i = 0; i < 2; ++i) {  // also with the token it has kept
        const auto deliveries = reader.read({});
        QVERIFY2(deliveries.has_value(), deliveries ? "" : deliveries.error().message.c_str());
        QCOMPARE(deliveries->size(), std::size_t{1});  // once, whichever replica is asked
        QCOMPARE(deliveries->front().id, sent.json["delivery"].toString().toStdString());
        QCOMPARE(deliveries->front().reason, sent.json["reason"].toString().toStdString());
        QVERIFY(deliveries->front().receivedAt.has_value());
    }
    const auto refused = readerAs(platform, "demo-viewer").read({});
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, ErrorKind::Forbidden);
}

CEREBRAL_TEST(DeliveriesWindowTest)
#include "deliveries_window_test.moc"
