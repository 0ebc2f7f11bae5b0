// Acting from the real window on the demo cluster with the real receiver: rebuild, cancel, palette. What came of it
// is read from the API server.
#include <QClipboard>

#include "tests/e2e/desk.h"
#include "tests/support/test_main.h"
#include "ui/models/format.h"
#include "ui/pages/rebuild_dialog.h"
#include "ui/pages/run_page.h"

using namespace cerebral;
using namespace cerebral::test;

class RunActionsWindowTest : public QObject {
    Q_OBJECT

private slots:
    void rebuildCreatesItsRunAndNoOther();
    void cancelAsksAndCancels();
    void thePaletteFindsAndCopies();
};

void RunActionsWindowTest::rebuildCreatesItsRunAndNoOther() {
    Desk desk;
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    const QStringList runs = desk.push("one-service.json");
    QCOMPARE(runs.size(), 1);
    const journey::PushPtr pushed = desk.pushOf(runs.front());
    QVERIFY(pushed != nullptr);
    const QStringList before = desk.created();
    desk.window().pushesPage().showPush(QString::fromStdString(pushed->key));
    desk.key(Qt::Key_R);
    auto* dialog = openDialog<ui::RebuildDialog>();
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->choice().services, QStringList{ui::fromUtf8(pushed->services.front().service)});
    QTRY_VERIFY2_WITH_TIMEOUT(!dialog->sendButton().refused(), qPrintable(dialog->sendButton().toolTip()),
                              kPatienceMs);
    QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY2_WITH_TIMEOUT(dialog->receipt().httpStatus != 0, qPrintable(dialog->problem()), kPatienceMs);
    QCOMPARE(dialog->receipt().runs.size(), std::size_t{1});
    const QString name = ui::fromUtf8(dialog->receipt().runs.front().name);

    // The API server has been asked for this run and no other.
    QCOMPARE(desk.created(), before + QStringList{name});
    const QJsonValue run = desk.runOnServer(name);
    const QJsonValue labels = run["metadata"]["labels"];
    QCOMPARE(labels["cerebral.baerautotech.com/trigger"].toString(), QStringLiteral("rebuild"));
    QCOMPARE(labels["cerebral.baerautotech.com/service"].toString(), ui::fromUtf8(pushed->services.front().service));
    QCOMPARE(labels["cerebral.baerautotech.com/commit"].toString(), ui::fromUtf8(pushed->commit));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window().runs().findByName(name) != nullptr, kPatienceMs);
    QCOMPARE(desk.window().runs().findByName(name)->triggerKind, QStringLiteral("rebuild"));
    dialog->close();
}

void RunActionsWindowTest::cancelAsksAndCancels() {
    // Slow enough that there is something to cancel.
    Desk desk({"--speed", "2"});
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    const QStringList runs = desk.push("one-service.json");
    QCOMPARE(runs.size(), 1);
    const journey::PushPtr pushed = desk.pushOf(runs.front());
    QVERIFY(pushed != nullptr);
    desk.window().pushesPage().showPush(QString::fromStdString(pushed->key));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window().runs().findByName(runs.front()) != nullptr, kPatienceMs);
    desk.key(Qt::Key_X);
    auto* dialog = openDialog<ui::DeskDialog>();
    QVERIFY(dialog != nullptr);
    QVERIFY(!desk.runOnServer(runs.front())["spec"].toObject().contains("status"));  // it only asks
    QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(desk.runOnServer(runs.front())["spec"]["status"].toString(),
                              QStringLiteral("Cancelled"), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(desk.window().runs().findByName(runs.front())->state, tekton::RunState::Cancelled,
                              kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(desk.pushes().pushFor(pushed->key)->state(), journey::PushState::Cancelled,
                              kPatienceMs);
    const QJsonValue ended = desk.runOnServer(runs.front());
    QCOMPARE(ended["status"]["conditions"][0]["reason"].toString(), QStringLiteral("Cancelled"));
}

void RunActionsWindowTest::thePaletteFindsAndCopies() {
    Desk desk;
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    const QStringList runs = desk.push("one-service.json");
    QCOMPARE(runs.size(), 1);
    const journey::PushPtr pushed = desk.pushOf(runs.front());
    QVERIFY(pushed != nullptr);
    desk.window().pushesPage().showPush(QString::fromStdString(pushed->key));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window().runs().findByName(runs.front()) != nullptr, kPatienceMs);
    desk.key(Qt::Key_K, Qt::ControlModifier);
    auto* palette = desk.window().findChild<ui::CommandPalette*>();
    QVERIFY(palette != nullptr);
    desk.type("copy as kube");
    QCOMPARE(palette->entries().front().text, QStringLiteral("Copy as kubectl"));
    desk.key(Qt::Key_Return);
    const QString copied = QApplication::clipboard()->text();
    QVERIFY2(copied.startsWith("kubectl --context "), qPrintable(copied));
    QVERIFY(copied.contains(runs.front()));

    // A run by its name, opened from wherever one is.
    desk.key(Qt::Key_K, Qt::ControlModifier);
    desk.type(runs.front());
    desk.key(Qt::Key_Return);
    QVERIFY(desk.window().runPage()->isVisible());
    QCOMPARE(desk.window().runPage()->detail().row.name(), runs.front());
}

CEREBRAL_TEST(RunActionsWindowTest)
#include "run_actions_window_test.moc"
