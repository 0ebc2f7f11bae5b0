// A failed run in the real window, on the demo cluster with the real receiver: why it failed, before any clicking.
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QTest>

#include "tests/e2e/open_window.h"
#include "tests/support/test_main.h"
#include "ui/pages/run_page.h"

using namespace cerebral;
using namespace cerebral::test;

class RunDetailTest : public QObject {
    Q_OBJECT

    /// A recorded push whose message tells the demo cluster how its build is to go.
    static QString payload(const QString& folder, const QString& scenario) {
        QFile source(QStringLiteral(CEREBRAL_TEST_DATA "/push/one-service.json"));
        if (!source.open(QIODevice::ReadOnly)) return {};
        QJsonObject push = QJsonDocument::fromJson(source.readAll()).object();
        QJsonObject head = push["head_commit"].toObject();
        head["message"] = QStringLiteral("feat: a change [demo:%1]").arg(scenario);
        push["head_commit"] = head;
        QFile file(folder + QStringLiteral("/push.json"));
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(QJsonDocument(push).toJson());
        return file.fileName();
    }

private slots:
    void aFailedRunSaysWhyFirst();
};

void RunDetailTest::aFailedRunSaysWhyFirst() {
    PlatformOptions options;
    options.config = "maxPushAge: 0\n";
    PlatformUnderTest platform(options);
    QVERIFY2(platform.problem().isEmpty(), qPrintable(platform.problem()));
    OpenWindow open(platform);
    QVERIFY2(open.problem().isEmpty(), qPrintable(open.problem()));
    ui::MainWindow& window = open.window();

    const QString file = payload(platform.folder(), QStringLiteral("compile-failure"));
    ChildProcess send("cerebralctl", {"send", file, "--url", platform.receiverUrl(), "--secret-file",
                                      platform.secretFile(), "--output", "json"});
    QTRY_VERIFY_WITH_TIMEOUT(send.standardOutput().contains("pipelineRuns"), 20'000);
    const QString name =
        QJsonDocument::fromJson(send.standardOutput()).object()["pipelineRuns"][0]["name"].toString();

    // The row turns red; Enter on it opens the run.
    ui::RunsPage& runs = window.runsPage();
    window.bringUp(&runs);
    const ui::RunRow* row = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (row = runs.model().runs().findByName(name)) != nullptr && row->state == tekton::RunState::Failed, 60'000);
    runs.table().setFocus();
    QTest::keyClick(&runs.table(), Qt::Key_Down);  // the newest
    QTest::keyClick(&runs.table(), Qt::Key_Return);
    ui::RunPage& page = *window.runPage();
    QCOMPARE(page.uid(), row->uid);
    QVERIFY(page.isVisible());
    QCOMPARE(page.tab(), ui::RunPage::LogsTab);

    // The right step, the right line, and the log stands at it.
    QTRY_VERIFY_WITH_TIMEOUT(page.failure().card().has_value(), 20'000);
    const analysis::FailureCard card = *page.failure().card();
    QCOMPARE(card.task, std::string("kaniko-build-task"));
    QCOMPARE(card.step, std::string("build"));
    QCOMPARE(card.explanation, std::string("exit code 1"));
    QVERIFY(card.excerpt.has_value());
    QVERIFY2(card.excerpt->errorLine().starts_with("SyntaxError"), card.excerpt->errorLine().c_str());
    QVERIFY(card.excerpt->lines.size() > 5);
    ui::LogView& view = page.logArea().panel().view();
    QTRY_VERIFY(view.errorLine().has_value());
    QCOMPARE(std::string(view.log().line(*view.errorLine())), card.excerpt->errorLine());
    QTRY_VERIFY(view.visibleText().contains(QString::fromStdString(card.excerpt->errorLine())));
    QVERIFY(page.failure().markdown().contains(QString::fromStdString(card.excerpt->errorLine())));
    QVERIFY(page.header().texts().state.startsWith(QLatin1String("Failed")));

    // Each tab is one key away and has what it is for.
    QTest::keyClick(&view, Qt::Key_1);
    QCOMPARE(page.tab(), ui::RunPage::TimelineTab);
    QVERIFY(page.timelineView().timeline().rows.size() >= 4);
    QTest::keyClick(page.mainWidget(), Qt::Key_2);
    QCOMPARE(page.graph().boxCount(), 3);
    QTest::keyClick(page.mainWidget(), Qt::Key_4);
    QCOMPARE(page.tab(), ui::RunPage::ParamsTab);
    QVERIFY(page.paramModel().rowCount() >= 10);
    QTest::keyClick(page.mainWidget(), Qt::Key_5);
    QTRY_VERIFY(page.events().model().rowCount() > 0);
    QTest::keyClick(page.mainWidget(), Qt::Key_6);
    QTRY_VERIFY_WITH_TIMEOUT(page.yaml().visibleText().contains(QLatin1String("kind: PipelineRun")), 20'000);

    // The whole run in step order, then back.
    QTest::keyClick(page.mainWidget(), Qt::Key_3);
    page.logArea().choose(ui::StepTree::kWhole);
    QTRY_VERIFY_WITH_TIMEOUT(page.logArea().logs().wholeComplete(), 20'000);
    QVERIFY(!page.logArea().logs().whole().find("git-clone-task").empty());
    QVERIFY(!page.logArea().logs().whole().find(card.excerpt->errorLine()).empty());
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(runs.isVisible());
    QVERIFY(page.uid().isEmpty());
}

CEREBRAL_TEST(RunDetailTest)
#include "run_detail_test.moc"
