#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_table.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::RunMaker;
using tekton::RunState;

class RunTableTest : public QObject {
    Q_OBJECT

    struct Fixture {
        RunMaker maker{17};
        test::FakeClock clock;
        Theme theme;
        RunSet runs;
        RunTableModel model{runs, clock};
        RunTable table{theme, model};
        RunChanges first;
        Fixture() {
            for (int i = 0; i < 300; ++i)
                first.added.push_back(maker.make(RunState::Succeeded, "ai-services", 5 + i));
            runs.apply(first);
            table.resize(1100, 500);
            table.show();
        }
    };

private slots:
    void whatIsOnScreenStaysWhenRowsArriveAbove() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.table));
        f.table.verticalScrollBar()->setValue(3000);
        const RunRow* top = f.model.rowAt(f.table.rowAt(0));
        const int at = f.table.rowViewportPosition(f.model.indexOf(top));
        RunChanges more;
        for (int i = 0; i < 5; ++i) more.added.push_back(f.maker.make(RunState::Running, "data-services", 0));
        f.runs.apply(more);
        QCOMPARE(f.table.rowViewportPosition(f.model.indexOf(top)), at);
    }

    void whatIsOnScreenStaysWhenRowsArriveInBetween() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.table));
        f.table.verticalScrollBar()->setValue(3000);
        int row = f.table.rowAt(0);
        while (f.model.rowAt(row) == nullptr) ++row;
        const RunRow* top = f.model.rowAt(row);
        const int at = f.table.rowViewportPosition(row);
        RunChanges more;
        for (int i = 0; i < 300; ++i) more.added.push_back(f.maker.make(RunState::Running, "data-services", 5 + i));
        QSignalSpy layouts(&f.model, &QAbstractItemModel::layoutChanged);
        f.runs.apply(more);
        QCOMPARE(layouts.count(), 1);
        QCOMPARE(f.table.rowViewportPosition(f.model.indexOf(top)), at);
    }

    void aClickMakesCurrentAndTheBoxTicks() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.table));
        const auto at = [&](int row, int x) {
            return QPoint(x, f.table.rowViewportPosition(row) + f.table.rowHeight(row) / 2);
        };
        QTest::mouseClick(f.table.viewport(), Qt::LeftButton, {}, at(3, 300));
        QCOMPARE(f.table.currentRun(), f.model.rowAt(3));
        QVERIFY(f.table.tickedRuns().empty());
        QTest::mouseClick(f.table.viewport(), Qt::LeftButton, {}, at(4, 32));
        QTest::mouseClick(f.table.viewport(), Qt::LeftButton, Qt::ControlModifier, at(6, 300));
        QCOMPARE(f.table.tickedRuns().size(), std::size_t{2});
        const RunRow* ticked = f.model.rowAt(4);
        RunChanges more;
        more.added.push_back(f.maker.make(RunState::Running, "data-services", 0));
        f.runs.apply(more);
        const auto still = f.table.tickedRuns();
        QVERIFY(std::find(still.begin(), still.end(), ticked) != still.end());
    }

    void theBoxGrowsWithTheText() {
        Fixture f;
        f.theme.setFontScale(2);
        QVERIFY(QTest::qWaitForWindowExposed(&f.table));
        const int middle = f.table.rowViewportPosition(4) + f.table.rowHeight(4) / 2;
        QTest::mouseClick(f.table.viewport(), Qt::LeftButton, {}, QPoint(54, middle));
        QCOMPARE(f.table.tickedRuns().size(), std::size_t{1});
        QTest::mouseClick(f.table.viewport(), Qt::LeftButton, {}, QPoint(90, middle));
        QCOMPARE(f.table.tickedRuns().size(), std::size_t{1});
    }

    void columnsComeBackAsWideAsTheyWere() {
        Fixture f;
        const auto widths = [&f] {
            QList<int> all;
            for (int column = 0; column + 1 < f.model.columnCount(); ++column) all << f.table.columnWidth(column);
            return all;
        };
        const QList<int> before = widths();
        for (int i = 0; i < 3; ++i) {
            f.theme.setFontScale(1.5);
            f.table.setNarrow(true);  // large text leaves room for fewer columns
            f.theme.setFontScale(1);
            f.table.setNarrow(false);
        }
        QCOMPARE(widths(), before);
    }

    void keysMoveAndOpen() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.table));
        QSignalSpy opened(&f.table, &RunTable::opened);
        f.table.setFocus();
        QTest::keyClick(&f.table, Qt::Key_J);
        QTest::keyClick(&f.table, Qt::Key_J);
        QTest::keyClick(&f.table, Qt::Key_Down);
        QTest::keyClick(&f.table, Qt::Key_K);
        const RunRow* current = f.table.currentRun();
        QVERIFY(current != nullptr);
        QCOMPARE(f.model.indexOf(current), 2);  // row 0 names the day
        QTest::keyClick(&f.table, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.at(0).at(0).toString(), current->uid);
    }
};

CEREBRAL_TEST(RunTableTest)
#include "run_table_test.moc"
