// The real window on the demo cluster with the real receiver: a push appears and reaches Live, "is my commit live?"
// agrees with the pods, and the list can be narrowed.
#include <algorithm>

#include "tests/e2e/desk.h"
#include "tests/support/test_main.h"
#include "ui/models/format.h"

using namespace cerebral;
using namespace cerebral::test;

class PushesWindowTest : public QObject {
    Q_OBJECT

    /// Pods of the service that run this digest and are ready, as the API server tells.
    static int readyPods(const Desk& desk, const std::string& service, const std::string& digest) {
        const QJsonObject list = desk.platform().read("/api/v1/namespaces/cerebral-platform/pods");
        int ready = 0;
        for (const QJsonValue pod : list["items"].toArray()) {
            const QJsonValue container = pod["status"]["containerStatuses"][0];
            const bool mine = pod["metadata"]["name"].toString().startsWith(ui::fromUtf8(service) + '-');
            const bool runsIt = container["imageID"].toString().endsWith(ui::fromUtf8(digest));
            if (mine && runsIt && container["ready"].toBool()) ++ready;
        }
        return ready;
    }

private slots:
    void aPushReachesLive();
    void theListIsNarrowedByKeyboard();
};

void PushesWindowTest::aPushReachesLive() {
    Desk desk;
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.connection().startsWith("Live"), kPatienceMs);
    const QStringList runs = desk.push("one-service.json");
    QCOMPARE(runs.size(), 1);
    const journey::PushPtr first = desk.pushOf(runs.front());
    QVERIFY(first != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(desk.pushes().pushFor(first->key)->state(), journey::PushState::Live, kPatienceMs);

    const auto everyStageDone = [&] {
        const journey::PushPtr now = desk.pushes().pushFor(first->key);
        return std::all_of(journey::kStages.begin(), journey::kStages.end(), [&](journey::Stage stage) {
            return now->services.front().stage(stage).state == journey::StageState::Done;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(everyStageDone(), kPatienceMs);
    const journey::PushPtr push = desk.pushes().pushFor(first->key);
    const journey::ServiceJourney& service = push->services.front();
    // The window's word against the server's: the run's image is what the ready pods run.
    QVERIFY(service.live.has_value());
    QVERIFY(service.live->ready > 0);
    QCOMPARE(readyPods(desk, service.service, service.digest), service.live->ready);

    // "Is my commit live?" says the same.
    desk.key(Qt::Key_L, Qt::ControlModifier);
    ui::CommitBox& box = desk.window().pushesPage().commitBox();
    desk.type(ui::fromUtf8(push->commit.substr(0, 9)));
    QTRY_COMPARE_WITH_TIMEOUT(box.answer().lines.size(), std::size_t{1}, kPatienceMs);
    const QString verdict = QStringLiteral("is live in %1/%1 pods").arg(service.live->ready);
    QVERIFY2(box.answer().lines.front().verdict.startsWith(verdict), qPrintable(box.answer().lines.front().verdict));
    box.field().setText("0000000");
    QTRY_VERIFY_WITH_TIMEOUT(!box.answer().lines.empty(), kPatienceMs);
    QVERIFY(box.answer().lines.front().pushKey.isEmpty());
}

void PushesWindowTest::theListIsNarrowedByKeyboard() {
    Desk desk;
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.connection().startsWith("Live"), kPatienceMs);
    const QStringList good = desk.push("feature-branch.json");
    const QStringList bad = desk.pushScenario("compile-failure");
    QCOMPARE(good.size() + bad.size(), 2);
    const journey::PushPtr feature = desk.pushOf(good.front());
    const journey::PushPtr broken = desk.pushOf(bad.front());
    QVERIFY(feature != nullptr && broken != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(desk.pushes().pushFor(broken->key)->state(), journey::PushState::Failed, kPatienceMs);
    const int all = desk.pushes().rowCount();
    QVERIFY(all >= 2);

    // Search.
    desk.key(Qt::Key_Slash);
    desk.type("reranker");
    QCOMPARE(desk.pushes().rowCount(), 1);
    QCOMPARE(desk.pushes().pushAt(desk.pushes().index(0, 0))->key, feature->key);
    desk.key(Qt::Key_Escape);
    QCOMPARE(desk.pushes().rowCount(), all);

    // What needs someone, from the palette.
    desk.key(Qt::Key_K, Qt::ControlModifier);
    desk.type("failed or stuck");
    desk.key(Qt::Key_Return);
    QCOMPARE(desk.pushes().rowCount(), 1);
    QCOMPARE(desk.pushes().pushAt(desk.pushes().index(0, 0))->key, broken->key);
    desk.key(Qt::Key_Escape);
    QCOMPARE(desk.pushes().rowCount(), all);

    // The same words in the table of runs.
    desk.key(Qt::Key_G);
    desk.key(Qt::Key_R);
    ui::RunsPage& runs = desk.window().runsPage();
    QVERIFY(runs.isVisible());
    desk.key(Qt::Key_Slash);
    desk.type(bad.front());
    QCOMPARE(runs.model().shownRuns(), 1);
    desk.key(Qt::Key_Escape);
    QCOMPARE(runs.model().shownRuns(), desk.runsOnServer().size());
}

CEREBRAL_TEST(PushesWindowTest)
#include "pushes_window_test.moc"
