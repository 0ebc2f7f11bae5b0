// A run opened from a push and back again by keyboard; its buttons, and what a viewer sees of them.
#include "tests/e2e/desk.h"
#include "tests/support/test_main.h"
#include "ui/models/format.h"
#include "ui/pages/rebuild_dialog.h"
#include "ui/pages/run_buttons.h"

using namespace cerebral;
using namespace cerebral::test;

class RunPageWindowTest : public QObject {
    Q_OBJECT

private slots:
    void aRunOpensFromItsPushAndBack();
    void cancelFromTheHeader();
    void aViewerSeesWhichRightIsMissing();
    void whoMayNotReadIsToldWhat();
};

void RunPageWindowTest::aRunOpensFromItsPushAndBack() {
    Desk desk;
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    const QStringList runs = desk.push("one-service.json");
    QCOMPARE(runs.size(), 1);
    const journey::PushPtr push = desk.pushOf(runs.front());
    QVERIFY(push != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(desk.window().runs().findByName(runs.front()) != nullptr, kPatienceMs);
    ui::PushesPage& pushes = desk.window().pushesPage();
    pushes.showPush(QString::fromStdString(push->key));
    desk.key(Qt::Key_Return);
    ui::RunPage& page = *desk.window().runPage();
    QVERIFY(page.isVisible());
    QCOMPARE(page.detail().row.name(), runs.front());
    QCOMPARE(page.header().back().text(), QStringLiteral("Pushes"));

    // Rebuild from here asks for this service.
    desk.key(Qt::Key_R);
    auto* dialog = openDialog<ui::RebuildDialog>();
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->choice().services, QStringList{ui::fromUtf8(push->services.front().service)});
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(openDialog<ui::RebuildDialog>() == nullptr);

    desk.key(Qt::Key_Escape);
    QVERIFY(pushes.isVisible());
    QCOMPARE(pushes.view().currentPush()->key, push->key);

    // From the table it leads back to the table.
    desk.key(Qt::Key_G);
    desk.key(Qt::Key_R);
    desk.key(Qt::Key_Down);
    desk.key(Qt::Key_Return);
    QVERIFY(page.isVisible());
    QCOMPARE(page.header().back().text(), QStringLiteral("Runs"));
    desk.key(Qt::Key_Escape);
    QVERIFY(desk.window().runsPage().isVisible());
}

void RunPageWindowTest::cancelFromTheHeader() {
    Desk desk({"--speed", "2"});
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    const QStringList runs = desk.push("one-service.json");
    QCOMPARE(runs.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(desk.window().runs().findByName(runs.front()) != nullptr, kPatienceMs);
    desk.window().showRun(desk.window().runs().findByName(runs.front())->uid);
    ui::RunButtons& buttons = *desk.window().runButtons();
    QVERIFY(buttons.cancel().isVisible());
    QVERIFY(!buttons.cancel().refused());
    QVERIFY(!buttons.rebuild().refused());
    const QPoint corner = buttons.cancel().mapTo(&desk.window(), QPoint());
    QVERIFY(desk.window().rect().contains(QRect(corner, buttons.cancel().size())));
    QTest::keyClick(&buttons.cancel(), Qt::Key_Space);
    auto* dialog = openDialog<ui::DeskDialog>();
    QVERIFY(dialog != nullptr);
    QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(desk.runOnServer(runs.front())["spec"]["status"].toString(),
                              QStringLiteral("Cancelled"), kPatienceMs);
    // Over: there is nothing to cancel, but to build again.
    QTRY_VERIFY_WITH_TIMEOUT(!buttons.cancel().isVisible(), kPatienceMs);
    QVERIFY(!buttons.rebuild().refused());
}

void RunPageWindowTest::aViewerSeesWhichRightIsMissing() {
    Desk desk({"--speed", "2"});
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    const QStringList runs = desk.push("one-service.json");
    QCOMPARE(runs.size(), 1);
    desk.window().switchContext("demo-viewer");
    QTRY_VERIFY_WITH_TIMEOUT(desk.window().runs().findByName(runs.front()) != nullptr, kPatienceMs);
    desk.window().showRun(desk.window().runs().findByName(runs.front())->uid);
    ui::RunButtons& buttons = *desk.window().runButtons();
    QTRY_VERIFY_WITH_TIMEOUT(buttons.cancel().refused() && buttons.rebuild().refused(), kPatienceMs);
    QVERIFY2(buttons.cancel().toolTip().contains("needs patch pipelineruns.tekton.dev in namespace tekton-pipelines"),
             qPrintable(buttons.cancel().toolTip()));
    QVERIFY2(buttons.rebuild().toolTip().contains("needs create serviceaccounts/token"),
             qPrintable(buttons.rebuild().toolTip()));
    QTest::keyClick(&buttons.cancel(), Qt::Key_Space);
    QVERIFY(openDialog<ui::DeskDialog>() == nullptr);
    // The key says it in words.
    desk.key(Qt::Key_X);
    QVERIFY(openDialog<ui::DeskDialog>() == nullptr);
    const QString said = desk.window().actions().notice().text();
    QVERIFY2(said.contains("needs patch pipelineruns"), qPrintable(said));
}

void RunPageWindowTest::whoMayNotReadIsToldWhat() {
    Desk desk({"--speed", "2"});
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    const QStringList runs = desk.push("one-service.json");
    QCOMPARE(runs.size(), 1);
    const auto show = [&](const QString& context) {
        desk.window().switchContext(context);
        QTRY_VERIFY_WITH_TIMEOUT(desk.window().runs().findByName(runs.front()) != nullptr, kPatienceMs);
        desk.window().showRun(desk.window().runs().findByName(runs.front())->uid);
        desk.window().runPage()->showTab(ui::RunPage::LogsTab);
    };
    const auto words = [&] { return desk.window().runPage()->logArea().panel().view().emptyText(); };
    show(QStringLiteral("demo-auditor"));
    QTRY_COMPARE_WITH_TIMEOUT(words(), QStringLiteral("Account auditor may not get pods/log in tekton-pipelines."),
                              kPatienceMs);
    show(QStringLiteral("demo-receiver"));
    QTRY_VERIFY_WITH_TIMEOUT(words().startsWith("Account github-webhook-receiver may not list taskruns.tekton.dev"),
                             kPatienceMs);
}

CEREBRAL_TEST(RunPageWindowTest)
#include "run_page_window_test.moc"
