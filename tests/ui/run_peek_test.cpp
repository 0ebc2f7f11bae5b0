// The panel beside the table of runs, by keyboard and by mouse.
#include <QSplitter>
#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/run_peek.h"
#include "ui/widgets/run_columns.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::WindowFixture;

class RunPeekTest : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> f_;

    [[nodiscard]] RunsPage& page() { return f_->window->runsPage(); }
    [[nodiscard]] RunPeek& peek() { return *page().peek(); }
    [[nodiscard]] QString currentUid() { return page().table().currentRun()->uid; }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus != nullptr ? focus : f_->window.get(), key, modifiers);
    }
    void open() {
        page().table().makeCurrent(f_->runs.find(f_->failedRun));
        key(Qt::Key_Space);
        QVERIFY(page().peeking());
    }

private slots:
    void init() {
        f_ = std::make_unique<WindowFixture>();
        f_->window->bringUp(&page());
        f_->window->resize(1440, 900);
        f_->window->show();
        QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
        page().table().setFocus();
    }
    void cleanup() {
        f_->window.reset();
        f_.reset();
    }

    void spaceOpensAndClosesIt() {
        open();
        QCOMPARE(peek().uid(), f_->failedRun);
        QCOMPARE(peek().content().service, QStringLiteral("data-services"));
        QCOMPARE(peek().content().state, tekton::RunState::Failed);
        QVERIFY(page().table().hasFocus());
        key(Qt::Key_Space);
        QVERIFY(!page().peeking());
        QVERIFY(page().table().hasFocus());
    }

    void spaceAtFirstTakesTheFirstRun() {
        key(Qt::Key_Space);
        QVERIFY(page().peeking());
        QCOMPARE(peek().uid(), page().model().rowAt(1)->uid);  // row 0 names the day
    }

    void itFollowsTheCurrentRow() {
        open();
        for (const Qt::Key way : {Qt::Key_Down, Qt::Key_Down, Qt::Key_J, Qt::Key_Up}) {
            key(way);
            QCOMPARE(peek().uid(), currentUid());
            QCOMPARE(peek().content().facts.front().value, page().table().currentRun()->name());
        }
        QVERIFY(page().peeking());
    }

    void runningThroughRowsAsksForNothing() {
        open();
        QTRY_COMPARE(f_->cluster.open.size(), std::size_t{1});
        QTRY_VERIFY(peek().loaded());
        key(Qt::Key_Down);
        key(Qt::Key_Down);
        key(Qt::Key_Down);
        QVERIFY(f_->cluster.open.empty());
        QTRY_VERIFY(peek().loaded());
        QCOMPARE(f_->cluster.open, std::vector<std::string>{page().table().currentRun()->run->meta.name});
        key(Qt::Key_Escape);
        QVERIFY(f_->cluster.open.empty());
    }

    void escapeClosesItBeforeAnythingElse() {
        open();
        key(Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(page().table().tickedRuns().size(), std::size_t{1});
        key(Qt::Key_Escape);
        QVERIFY(!page().peeking());
        QCOMPARE(page().table().tickedRuns().size(), std::size_t{1});
        key(Qt::Key_Escape);
        QVERIFY(page().table().tickedRuns().empty());
    }

    void f6AndTabReachIt() {
        open();
        key(Qt::Key_F6);
        QVERIFY(peek().isAncestorOf(QApplication::focusWidget()));
        key(Qt::Key_F6);
        QVERIFY(!page().isAncestorOf(QApplication::focusWidget()));
        key(Qt::Key_F6);
        key(Qt::Key_F6);
        QVERIFY(page().table().hasFocus());
        key(Qt::Key_F6);
        // Esc from inside leads back to the row.
        key(Qt::Key_Escape);
        QVERIFY(!page().peeking());
        QVERIFY(page().table().hasFocus());
    }

    void itsButtonsOpenTheRunAndItsLog() {
        open();
        peek().logButton().click();
        QCOMPARE(f_->window->runPage()->uid(), f_->failedRun);
        QCOMPARE(f_->window->runPage()->tab(), RunPage::LogsTab);
        f_->window->bringUp(&page());
        QVERIFY(page().peeking());
        peek().openButton().click();
        QCOMPARE(f_->window->runPage()->uid(), f_->failedRun);
    }

    void theCrossClosesIt() {
        open();
        QTest::mouseClick(&peek().closeButton(), Qt::LeftButton);
        QVERIFY(!page().peeking());
    }

    void aRunThatVanishesGivesWayToItsNeighbour() {
        open();
        QTRY_VERIFY(peek().loaded());
        RunChanges changes;
        changes.removed.push_back(f_->runs.find(f_->failedRun)->run);
        f_->runs.apply(changes);
        QVERIFY(page().peeking());
        QVERIFY(peek().uid() != f_->failedRun);
        QCOMPARE(peek().uid(), currentUid());
    }

    void anotherClusterLeavesItEmpty() {
        open();
        QTRY_VERIFY(peek().loaded());
        f_->runs.clear();
        QVERIFY(page().peeking());
        QVERIFY(peek().uid().isEmpty());
        QVERIFY(peek().content().facts.empty());
        QVERIFY(peek().openButton().refused() && peek().rebuildButton().refused());
        QVERIFY(f_->cluster.open.empty());
    }

    void itIsAsWideAsItWasLeft() {
        open();
        QCoreApplication::processEvents();
        QCOMPARE(peek().width(), PanelSplitter::kUsualWidth);
        QTest::mousePress(page().splitter().handle(1), Qt::LeftButton, {}, QPoint(0, 100));
        QTest::mouseMove(page().splitter().handle(1), QPoint(-60, 100));
        QTest::mouseRelease(page().splitter().handle(1), Qt::LeftButton, {}, QPoint(-60, 100));
        const int width = peek().width();
        QVERIFY2(width > PanelSplitter::kUsualWidth, qPrintable(QString::number(width)));
        f_->window->close();
        MainWindow second({f_->theme,
                           f_->clock,
                           f_->runs,
                           f_->objects,
                           f_->pushes,
                           f_->bridge,
                           f_->status,
                           f_->settings,
                           f_->actions,
                           {},
                           &f_->cluster});
        second.bringUp(&second.runsPage());
        second.resize(1440, 900);
        second.show();
        second.runsPage().setPeeking(true);
        QCoreApplication::processEvents();
        QCOMPARE(second.runsPage().peek()->width(), width);
        second.runsPage().splitter().setPanelWidth(2000);
        QCoreApplication::processEvents();
        QCOMPARE(second.runsPage().peek()->width(), PanelSplitter::kMostWidth);
    }

    void withLargeTextTheTableKeepsHalfThePage() {
        open();
        f_->theme.setFontScale(2);
        f_->window->resize(1280, 800);
        for (int i = 0; i < 3; ++i) QCoreApplication::processEvents();
        QVERIFY(peek().width() <= page().width() / 2 + 1);
        QVERIFY(!page().table().isColumnHidden(RunTableModel::Reason));
        QVERIFY(page().table().isColumnHidden(RunTableModel::Trigger));
        QCOMPARE(f_->window->width(), 1280);
    }

    void aRefreshBetweenTwoTicksReadsTheClockOfTheRows() {
        const auto it = [&] {
            const RunRow* found = nullptr;
            f_->runs.forEach([&](const RunRow& row) {
                if (row.state == tekton::RunState::Running) found = &row;
            });
            return found;
        }();
        QVERIFY(it);
        page().table().makeCurrent(it);
        key(Qt::Key_Space);
        QTRY_VERIFY(peek().loaded());
        f_->clock.advance(std::chrono::seconds(3));
        RunChanges changes;
        changes.updated.push_back(std::make_shared<const tekton::PipelineRun>(*it->run));
        f_->runs.apply(changes);
        const RunTableModel& model = page().model();
        const QModelIndex time = model.index(model.indexOf(it), RunTableModel::Time);
        const auto told = [&] {
            for (const PeekFact& fact : peek().content().facts) {
                if (fact.label == QLatin1String("Runs for")) return fact.value;
            }
            return QString();
        };
        QTRY_COMPARE(told(), time.data().toString());
    }

    void whatTheyDidIsToldAsItComes() {
        open();
        QTRY_VERIFY(peek().loaded());
        QCOMPARE(peek().content().tasks.size(), std::size_t{0});
        QVERIFY(!peek().content().noTasks.isEmpty());
        const RunPtr before = f_->runs.find(f_->failedRun)->run;
        tekton::PipelineRun next = *before;
        tekton::PipelineTask clone;
        clone.name = "git-clone-task";
        next.tasks = {clone};
        RunChanges changes;
        changes.updated.push_back(std::make_shared<const tekton::PipelineRun>(std::move(next)));
        f_->runs.apply(changes);
        QTRY_COMPARE(peek().content().tasks.size(), std::size_t{1});
        QCOMPARE(peek().content().tasks.front().time, QStringLiteral("not run"));
    }
};

CEREBRAL_TEST(RunPeekTest)
#include "run_peek_test.moc"
