// The panel beside the table, in the real window: a failed run on the demo cluster, with the real receiver.
#include "tests/e2e/desk.h"
#include "tests/support/test_main.h"
#include "ui/pages/run_peek.h"

using namespace cerebral;
using namespace cerebral::test;

class RunPeekWindowTest : public QObject {
    Q_OBJECT

private slots:
    void aFailedRunInBrief();
};

void RunPeekWindowTest::aFailedRunInBrief() {
    Desk desk;
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    const QStringList names = desk.pushScenario("compile-failure");
    QCOMPARE(names.size(), 1);
    ui::RunsPage& page = desk.window().runsPage();
    const auto row = [&] { return desk.window().runs().findByName(names.front()); };
    QTRY_VERIFY_WITH_TIMEOUT(row() != nullptr && row()->state == tekton::RunState::Failed, kPatienceMs);

    desk.key(Qt::Key_G);
    desk.key(Qt::Key_R);
    page.table().makeCurrent(row());
    desk.key(Qt::Key_Space);
    QVERIFY(page.peeking());
    ui::RunPeek& peek = *page.peek();
    QCOMPARE(peek.uid(), row()->uid);

    // The right step, the right line, every task with its time.
    QTRY_VERIFY_WITH_TIMEOUT(peek.content().log && !peek.content().log->lines.empty(), kPatienceMs);
    const ui::PeekLog& log = *peek.content().log;
    QCOMPARE(log.note, QStringLiteral("step build, exit code 1"));
    const auto error =
        std::find_if(log.lines.begin(), log.lines.end(), [](const ui::PeekLog::Line& line) { return line.error; });
    QVERIFY(error != log.lines.end());
    QVERIFY2(error->text.startsWith(QLatin1String("SyntaxError")), qPrintable(error->text));
    QCOMPARE(peek.content().tasks.size(), std::size_t{3});
    for (const ui::PeekTask& task : peek.content().tasks) {
        QVERIFY2(!task.unknown && !task.time.isEmpty(), qPrintable(task.name));
        QVERIFY2(task.time != QLatin1String("unknown"), qPrintable(task.name));
    }
    QCOMPARE(peek.content().tasks[1].state, tekton::TaskState::Failed);
    QVERIFY(!peek.content().sinceTitle.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(row()->reason, QStringLiteral("Failed: step build, exit 1"), kPatienceMs);

    // The arrow takes it along, Esc closes it, the run is one key away.
    desk.key(Qt::Key_Down);
    QCOMPARE(peek.uid(), page.table().currentRun()->uid);
    desk.key(Qt::Key_Up);
    QCOMPARE(peek.uid(), row()->uid);
    desk.key(Qt::Key_Escape);
    QVERIFY(!page.peeking());
    QVERIFY(page.isVisible());
}

CEREBRAL_TEST(RunPeekWindowTest)
#include "run_peek_window_test.moc"
