#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QtTest/QtTest>
#include <algorithm>
#include <map>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "tests/ui/storm_seed.h"
#include "ui/models/run_table_model.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::RunMaker;
using cerebral::test::RunPtr;
using tekton::RunState;

class RunTableModelTest : public QObject {
    Q_OBJECT

    /// Everything the model promises about its rows, recomputed from scratch.
    static void checkAgainst(const RunTableModel& model, const std::map<std::string, RunPtr>& truth) {
        int expected = 0;
        for (const auto& [uid, run] : truth) expected += model.filter().accepts(makeRunRow(run)) ? 1 : 0;
        QCOMPARE(model.shownRuns(), expected);
        QSet<QString> seen;
        int runsSinceSeparator = 1;
        for (int row = 0; row < model.rowCount(); ++row) {
            const RunRow* held = model.rowAt(row);
            if (held == nullptr) {
                QVERIFY2(runsSinceSeparator > 0, "a separator without a run");
                runsSinceSeparator = 0;
                continue;
            }
            ++runsSinceSeparator;
            seen.insert(held->uid);
            QCOMPARE(held->run.get(), truth.at(held->uid.toStdString()).get());
        }
        QVERIFY(runsSinceSeparator > 0);
        QCOMPARE(seen.size(), expected);
    }

private slots:
    /// Who is painted a moment later does not say another second.
    void betweenTwoTicksItIsTheSameSecond() {
        RunSet runs;
        test::FakeClock clock;
        RunTableModel model(runs, clock);
        model.tick();
        const qint64 ticked = model.nowMs();
        clock.advance(std::chrono::milliseconds(990));
        QCOMPARE(model.nowMs(), ticked);
        model.tick();
        QCOMPARE(model.nowMs(), ticked + 990);
        // Nothing ticks while the rows are not seen.
        clock.advance(std::chrono::seconds(30));
        QCOMPARE(model.nowMs(), ticked + 30'990);
    }

    /// Its condition counts no tasks: what is known comes from the skipped ones, and the limit from its words.
    void whatRanBeforeALimitIsToldOrNotClaimed() {
        test::RunMaker maker{3};
        tekton::PipelineRun run = *maker.make(tekton::RunState::TimedOut, "ai-services", 5);
        run.message = "PipelineRun \"x\" failed to finish within \"1h0m0s\"";
        run.completionTime = *run.startTime + std::chrono::minutes(60);
        const auto row = [](const tekton::PipelineRun& of) {
            return makeRunRow(std::make_shared<const tekton::PipelineRun>(of));
        };
        QVERIFY(row(run).cells.empty());
        QCOMPARE(row(run).reason, QStringLiteral("Timed out after 1 h"));
        run.skipped = {{"deploy-task", "PipelineRun timeout has been reached"}};
        QCOMPARE(row(run).cells, (std::vector{CellState::Done, CellState::Failed, CellState::Skipped}));
        run.completionTime = *run.startTime + std::chrono::minutes(7);
        QCOMPARE(row(run).reason, QStringLiteral("Timed out"));
        run.completionTime = *run.startTime + std::chrono::minutes(60);
        run.message = "out of time";
        QCOMPARE(row(run).reason, QStringLiteral("Timed out"));
    }

    /// Its condition counts no tasks: what began is told by its children, and what had to end before by the graph.
    void whereARunWasCancelledIsTold() {
        test::RunMaker maker{3};
        tekton::PipelineRun run = *maker.make(tekton::RunState::Cancelled, "ai-services", 5);
        run.message = "PipelineRun \"x\" was cancelled";
        run.skipped = {};
        run.children = {};
        std::vector<tekton::PipelineTask> graph;
        for (const std::string& name : run.pipelineTasks) {
            tekton::PipelineTask task;
            task.name = name;
            if (!graph.empty()) task.after = {graph.back().name};
            graph.push_back(task);
        }
        const std::string first = graph[0].name;
        const std::string second = graph[1].name;
        run.tasks = std::move(graph);
        const auto cells = [](const tekton::PipelineRun& of) {
            return makeRunRow(std::make_shared<const tekton::PipelineRun>(of)).cells;
        };
        QCOMPARE(cells(run), (std::vector{CellState::Skipped, CellState::Skipped, CellState::Skipped}));
        run.children = {{"TaskRun", "x-1", first}};
        QCOMPARE(cells(run), (std::vector{CellState::Cancelled, CellState::Skipped, CellState::Skipped}));
        run.children = {{"TaskRun", "x-1", first}, {"TaskRun", "x-2", second}};
        QCOMPARE(cells(run), (std::vector{CellState::Done, CellState::Cancelled, CellState::Skipped}));
    }

    void survivesAStorm_data() {
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<bool>("filtered");
        QTest::newRow("by start") << int(RunTableModel::Started) << true << false;
        QTest::newRow("by start, oldest first") << int(RunTableModel::Started) << false << true;
        QTest::newRow("by state") << int(RunTableModel::State) << false << false;
        QTest::newRow("by reason, filtered") << int(RunTableModel::Reason) << true << true;
        QTest::newRow("by time") << int(RunTableModel::Time) << true << false;
        QTest::newRow("by service") << int(RunTableModel::Service) << false << true;
    }

    void survivesAStorm() {
        QFETCH(int, column);
        QFETCH(bool, descending);
        QFETCH(bool, filtered);
        RunMaker maker(test::stormSeed() + static_cast<std::uint32_t>(column));
        test::FakeClock clock;
        RunSet runs;
        RunTableModel model(runs, clock);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.sort(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
        if (filtered) {
            RunFilter filter;
            filter.groups = {static_cast<int>(StateGroup::Running), static_cast<int>(StateGroup::Failed)};
            model.setFilter(filter);
        }
        std::map<std::string, RunPtr> truth;
        for (int round = 0; round < 45; ++round) {
            RunChanges changes;
            // Now and then more at once than have gaps of their own to go into.
            const int additions = round % 13 == 0 ? 120 : maker.number(10);
            for (int i = 0; i < additions; ++i) {
                changes.added.push_back(maker.random());
                truth[changes.added.back()->meta.uid] = changes.added.back();
            }
            for (auto it = truth.begin(); it != truth.end();) {
                const bool fresh =
                    std::find(changes.added.begin(), changes.added.end(), it->second) != changes.added.end();
                const int dice = maker.number(100);
                if (!fresh && dice < 4) {
                    changes.removed.push_back(it->second);
                    it = truth.erase(it);
                    continue;
                }
                if (!fresh && dice < 20) {
                    it->second = maker.changedRandomly(it->second);
                    changes.updated.push_back(it->second);
                }
                ++it;
            }
            runs.apply(changes);
            checkAgainst(model, truth);
            if (round % 15 == 14) {
                RunFilter other = model.filter();
                other.services =
                    other.services.isEmpty() ? QStringList{QStringLiteral("data-services")} : QStringList{};
                model.setFilter(other);
                checkAgainst(model, truth);
                model.sort(RunTableModel::Branch, Qt::AscendingOrder);
                checkAgainst(model, truth);
                model.sort(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
                checkAgainst(model, truth);
            }
        }
        QCOMPARE(resets.count(), 0);
    }

    void staysSortedByStart() {
        RunMaker maker(5);
        test::FakeClock clock;
        RunSet runs;
        RunTableModel model(runs, clock);
        for (int batch = 0; batch < 20; ++batch) {
            RunChanges changes;
            for (int i = 0; i < 25; ++i) changes.added.push_back(maker.random());
            runs.apply(changes);
        }
        qint64 last = std::numeric_limits<qint64>::max();
        for (int row = 0; row < model.rowCount(); ++row) {
            const RunRow* held = model.rowAt(row);
            if (held == nullptr) continue;
            QVERIFY(held->createdMs <= last);
            last = held->createdMs;
        }
    }

    void aPersistentIndexStaysWithItsRun() {
        RunMaker maker(9);
        test::FakeClock clock;
        RunSet runs;
        RunTableModel model(runs, clock);
        RunChanges first;
        for (int i = 0; i < 50; ++i) first.added.push_back(maker.make(RunState::Running, "ai-services", 10 + i));
        runs.apply(first);
        const QString uid = QString::fromStdString(first.added[20]->meta.uid);
        model.sort(RunTableModel::State, Qt::AscendingOrder);
        const QPersistentModelIndex held = model.index(model.indexOf(runs.find(uid)), 0);
        RunChanges second;
        second.added.push_back(maker.make(RunState::Running, "data-services", 0));
        second.updated.push_back(maker.changed(first.added[20], RunState::Failed));
        second.removed.push_back(first.added[3]);
        runs.apply(second);
        QCOMPARE(model.rowAt(held.row())->uid, uid);
        model.sort(RunTableModel::Started, Qt::DescendingOrder);
        QCOMPARE(model.rowAt(held.row())->uid, uid);
        QCOMPARE(model.rowAt(held.row())->state, RunState::Failed);
    }

    void manyRowsInManyGapsAreOneChangeOfLayout() {
        RunMaker maker(21);
        test::FakeClock clock;
        RunSet runs;
        RunTableModel model(runs, clock);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        RunChanges first;
        for (int i = 0; i < 200; ++i) first.added.push_back(maker.make(RunState::Succeeded, "ai-services", 30 * i));
        runs.apply(first);
        const RunRow* row = runs.find(QString::fromStdString(first.added[150]->meta.uid));
        const QPersistentModelIndex held = model.index(model.indexOf(row), 2);
        int separator = model.indexOf(row);
        while (model.rowAt(separator) != nullptr) --separator;
        const QPersistentModelIndex day = model.index(separator, 0);
        const QString name = day.data(Qt::DisplayRole).toString();
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
        RunChanges second;
        for (int i = 0; i < 200; ++i)
            second.added.push_back(maker.make(RunState::Running, "data-services", 30 * i + 15));
        runs.apply(second);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(layouts.count(), 1);
        QCOMPARE(model.rowAt(held.row()), row);
        QCOMPARE(held.column(), 2);
        QVERIFY(model.rowAt(day.row()) == nullptr);
        QCOMPARE(day.data(Qt::DisplayRole).toString(), name);
        for (int at = 1; at < model.rowCount(); ++at) {
            const RunRow* one = model.rowAt(at - 1);
            const RunRow* next = model.rowAt(at);
            QVERIFY(one == nullptr || next == nullptr || one->createdMs >= next->createdMs);
        }
    }

    void oneChangeTouchesOneRow() {
        RunMaker maker(3);
        test::FakeClock clock;
        RunSet runs;
        RunTableModel model(runs, clock);
        RunChanges first;
        for (int i = 0; i < 30; ++i) first.added.push_back(maker.make(RunState::Running, "ai-services", i));
        runs.apply(first);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
        RunChanges second;
        second.updated.push_back(maker.changed(first.added[7], RunState::Succeeded));
        runs.apply(second);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(layouts.count(), 0);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), changed.at(0).at(1).toModelIndex().row());
    }

    void whatHasStoppedDoesNotMoveWhenAMedianComes() {
        RunMaker maker{5};
        RunSet runs;
        const auto add = [&](RunState state, int minutesAgo) {
            RunChanges changes;
            changes.added.push_back(maker.make(state, "ai-services", minutesAgo));
            runs.apply(changes);
            return runs.find(QString::fromStdString(changes.added.front()->meta.uid));
        };
        const RunRow* failed = add(RunState::Failed, 60);
        const RunRow* going = add(RunState::Running, 1);
        QVERIFY(!runs.scaleMs(*failed));
        for (int i = 0; i < 5; ++i) add(RunState::Succeeded, 50 - i);
        QVERIFY(!runs.scaleMs(*failed));
        QVERIFY(runs.scaleMs(*going));
        QCOMPARE(runs.scaleMs(*going), runs.medianMs(QStringLiteral("ai-services")));
        const RunRow* next = add(RunState::Cancelled, 10);
        const std::optional<qint64> then = runs.scaleMs(*next);
        QVERIFY(then);
        for (int i = 0; i < 20; ++i) add(RunState::Succeeded, 9 - i / 4);
        QCOMPARE(runs.scaleMs(*next), then);
    }

    void clearingIsTheOneReset() {
        RunMaker maker(4);
        test::FakeClock clock;
        RunSet runs;
        RunTableModel model(runs, clock);
        RunChanges first;
        for (int i = 0; i < 3; ++i) first.added.push_back(maker.random());
        runs.apply(first);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        runs.clear();
        QCOMPARE(resets.count(), 1);
        QCOMPARE(model.rowCount(), 0);
        runs.apply(first);
        QCOMPARE(model.shownRuns(), 3);
    }
};

CEREBRAL_TEST(RunTableModelTest)
#include "run_table_model_test.moc"
