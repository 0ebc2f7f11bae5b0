// The API server is killed under the real window and comes back: the window says so with a growing age, keeps what it
// knew, and afterwards shows exactly what the server lists.
#include <QRegularExpression>
#include <QSignalSpy>

#include "tests/e2e/desk.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::test;

class ReconnectWindowTest : public QObject {
    Q_OBJECT

    /// Seconds of "Reconnecting · data 42 s old"; -1: it says something else.
    static double ageIn(const QString& label) {
        static const QRegularExpression words(QStringLiteral("^Reconnecting · data ([0-9.]+) s old$"));
        const auto match = words.match(label);
        return match.hasMatch() ? match.captured(1).toDouble() : -1;
    }

private slots:
    void aRestartedClusterHeals();
};

void ReconnectWindowTest::aRestartedClusterHeals() {
    Desk desk({"--speed", "60", "--runs", "60"});
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.connection().startsWith("Live"), kPatienceMs);
    const QStringList first = desk.push("one-service.json");
    QCOMPARE(first.size(), 1);
    const QStringList atFirst = desk.runsOnServer();
    QVERIFY(atFirst.size() >= 61);
    QTRY_COMPARE_WITH_TIMEOUT(desk.runsInWindow(), atFirst, kPatienceMs);
    ui::RunTableModel& table = desk.window().runsPage().model();
    const QSignalSpy tableResets(&table, &QAbstractItemModel::modelReset);
    const QSignalSpy pushResets(&desk.pushes(), &QAbstractItemModel::modelReset);

    desk.platform().killCluster();
    QTRY_VERIFY_WITH_TIMEOUT(ageIn(desk.connection()) >= 0, kPatienceMs);
    const double age = ageIn(desk.connection());
    QTRY_VERIFY_WITH_TIMEOUT(ageIn(desk.connection()) > age, kPatienceMs);
    QCOMPARE(desk.runsInWindow(), atFirst);  // nothing was thrown away meanwhile
    // Why, for each kind, behind the pill.
    desk.window().topBar().pill().click();
    auto* menu = desk.window().findChild<QMenu*>();
    QVERIFY(menu != nullptr);
    QVERIFY2(menu->actions().front()->text().contains("reconnecting"), qPrintable(menu->actions().front()->text()));
    menu->close();

    QVERIFY(desk.platform().restartCluster());
    desk.key(Qt::Key_F5);
    QTRY_VERIFY2_WITH_TIMEOUT(desk.connection().startsWith("Live"), qPrintable(desk.connection()), kPatienceMs);
    QStringList atLast = desk.runsOnServer();
    QVERIFY(atLast.size() >= 60);
    QVERIFY(!atLast.contains(first.front()));  // what the backup did not hold
    QTRY_COMPARE_WITH_TIMEOUT(desk.runsInWindow(), atLast, kPatienceMs);
    QCOMPARE(table.shownRuns(), atLast.size());

    // And it lives: what is pushed now arrives.
    const QStringList second = desk.push("feature-branch.json");
    QCOMPARE(second.size(), 1);
    QVERIFY(desk.pushOf(second.front()) != nullptr);
    atLast = desk.runsOnServer();
    QVERIFY(atLast.contains(second.front()));
    QTRY_COMPARE_WITH_TIMEOUT(desk.runsInWindow(), atLast, kPatienceMs);
    QCOMPARE(tableResets.count(), 0);
    QCOMPARE(pushResets.count(), 0);
}

CEREBRAL_TEST(ReconnectWindowTest)
#include "reconnect_window_test.moc"
