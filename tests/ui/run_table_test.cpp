#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "ui/theme/theme.h"
#include "ui/widgets/new_rows_bar.h"
#include "ui/widgets/run_columns.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/table_header.h"

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
        const int at = f.table.viewport()->y() + f.table.rowViewportPosition(f.model.indexOf(top));
        RunChanges more;
        for (int i = 0; i < 5; ++i) more.added.push_back(f.maker.make(RunState::Running, "data-services", 0));
        f.runs.apply(more);
        QCOMPARE(f.table.viewport()->y() + f.table.rowViewportPosition(f.model.indexOf(top)), at);
    }

    void theCurrentRowIsShownBelowItsDayElseTheFirst() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.table));
        f.table.verticalScrollBar()->setValue(3000);
        f.table.showCurrent();
        QCOMPARE(f.table.verticalScrollBar()->value(), 0);
        QVERIFY(f.model.rowAt(0) == nullptr);
        f.table.makeCurrent(f.model.rowAt(1));
        f.table.verticalScrollBar()->setValue(3000);
        f.table.showCurrent();
        QCOMPARE(f.table.verticalScrollBar()->value(), 0);
    }

    void aBarSaysHowManyAreNewAbove() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.table));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&f.table, &leave);  // wherever the pointer is
        auto* bar = f.table.findChild<NewRowsBar*>();
        QVERIFY(bar && bar->isHidden());
        const auto arrive = [&](int count, int minutesAgo) {
            RunChanges more;
            for (int i = 0; i < count; ++i)
                more.added.push_back(f.maker.make(RunState::Running, "data-services", minutesAgo));
            f.runs.apply(more);
        };
        arrive(1, 2);  // seen at once: the list stands at its top
        QVERIFY(bar->isHidden());
        f.table.verticalScrollBar()->setValue(3000);
        arrive(3, 0);
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->text(), QStringLiteral("3 new"));
        QCOMPARE(bar->geometry().bottom() + 1, f.table.viewport()->y());  // no row is below it
        arrive(2, 100);                                                   // old ones that are read late
        QCOMPARE(bar->text(), QStringLiteral("3 new"));
        RunFilter filter;
        filter.words = QStringList{QStringLiteral("ai-services")};
        f.model.setFilter(filter);
        QVERIFY(f.table.verticalScrollBar()->value() > 0);
        QVERIFY(bar->isHidden());
        f.model.setFilter({});
        QCOMPARE(bar->text(), QStringLiteral("3 new"));
        QTest::mouseClick(bar, Qt::LeftButton);
        QCOMPARE(f.table.verticalScrollBar()->value(), 0);
        QVERIFY(bar->isHidden());
    }

    void nothingMovesUnderThePointer() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.table));
        QEnterEvent enter(QPointF(300, 100), QPointF(300, 100), QPointF(300, 100));
        QCoreApplication::sendEvent(&f.table, &enter);
        const RunRow* under = f.model.rowAt(3);
        const int at = f.table.viewport()->y() + f.table.rowViewportPosition(3);
        RunChanges more;
        more.added.push_back(f.maker.make(RunState::Running, "data-services", 0));
        f.runs.apply(more);
        QCOMPARE(f.table.viewport()->y() + f.table.rowViewportPosition(f.model.indexOf(under)), at);
        QCOMPARE(f.table.findChild<NewRowsBar*>()->text(), QStringLiteral("1 new"));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&f.table, &leave);
        QCOMPARE(f.table.verticalScrollBar()->value(), 0);
        QVERIFY(f.table.findChild<NewRowsBar*>()->isHidden());
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

    void whatComesAfterAllWereTickedIsNotTicked() {
        Fixture f;
        const auto* header = f.table.findChild<TableHeader*>();
        f.table.selectAll();
        QCOMPARE(header->checkState(), Qt::Checked);
        RunChanges more;
        more.added.push_back(f.maker.make(RunState::Running, "data-services", 0));
        f.runs.apply(more);
        QCOMPARE(header->checkState(), Qt::PartiallyChecked);
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
        f.table.columns().setRoom(1100);
        const QList<int> before = widths();
        for (int i = 0; i < 3; ++i) {
            f.theme.setFontScale(1.5);
            f.table.columns().setRoom(500);  // large text leaves room for fewer columns
            f.theme.setFontScale(1);
            f.table.columns().setRoom(1100);
        }
        QCOMPARE(widths(), before);
    }

    void whereThereIsLittleRoomWhatMattersLeastGoesFirst() {
        Fixture f;
        const auto hidden = [&f](int room) {
            f.table.columns().setRoom(room);
            QStringList names;
            for (int column = 0; column < f.model.columnCount(); ++column) {
                if (column != RunTableModel::State && f.table.isColumnHidden(column))
                    names << f.model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
            }
            return names.join(QLatin1Char(' '));
        };
        QCOMPARE(hidden(936), QString());  // beside a panel at 1440
        QVERIFY(f.table.columnWidth(RunTableModel::Branch) < f.theme.px(180));
        QCOMPARE(hidden(879), QStringLiteral("Trigger"));  // at 1280
        QCOMPARE(hidden(760), QStringLiteral("Trigger Started"));
        QCOMPARE(hidden(680), QStringLiteral("Branch Trigger Started"));
        QCOMPARE(hidden(1060), QString());
        QCOMPARE(f.table.columnWidth(RunTableModel::Branch), f.theme.px(180));
        QCOMPARE(hidden(1600), QString());  // where there is more than all ask for, the long names grow first
        QVERIFY(f.table.columnWidth(RunTableModel::Branch) > f.table.columnWidth(RunTableModel::Service));
        QVERIFY(f.table.columnWidth(RunTableModel::Branch) > f.theme.px(240));
        f.theme.setFontScale(2);
        QVERIFY(hidden(560).contains(QLatin1String("Branch")));
        QVERIFY(!hidden(560).contains(QLatin1String("Reason")));
    }

    void titlesAreReadWhole() {
        Fixture f;
        for (const double scale : {1.0, 1.25, 1.5, 2.0}) {
            f.theme.setFontScale(scale);
            for (const int sorted : {RunTableModel::Started, RunTableModel::Time, RunTableModel::Progress}) {
                f.table.sortByColumn(sorted, Qt::DescendingOrder);
                f.table.columns().setRoom(3000);
                for (int column = 0; column < f.model.columnCount(); ++column) {
                    if (f.table.isColumnHidden(column) || column == RunTableModel::Service) continue;
                    const QString title = f.model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
                    const double needed = QFontMetricsF(f.theme.fonts().smallStrong).horizontalAdvance(title) + 12 +
                                          (column == sorted ? f.theme.px(12) + 2 : 0);
                    QVERIFY2(f.table.columnWidth(column) >= needed, qPrintable(title));
                }
            }
        }
    }

    void spacePeeksAndCtrlSpaceTicks() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.table));
        QSignalSpy peeks(&f.table, &RunTable::peekWanted);
        f.table.setFocus();
        QTest::keyClick(&f.table, Qt::Key_Space);
        QCOMPARE(peeks.count(), 1);
        QVERIFY(f.table.currentRun() != nullptr);
        QVERIFY(f.table.tickedRuns().empty());
        QTest::keyClick(&f.table, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(peeks.count(), 1);
        QCOMPARE(f.table.tickedRuns().size(), std::size_t{1});
        QTest::keyClick(&f.table, Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(f.table.tickedRuns().empty());
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
