#include "ui/widgets/step_tree.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest/QtTest>
#include <algorithm>
#include <random>

#include "tests/support/test_main.h"
#include "tests/ui/storm_seed.h"

using namespace cerebral;
using namespace cerebral::ui;

class StepTreeTest : public QObject {
    Q_OBJECT

    std::mt19937 random_;
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

    std::vector<StepDetail> steps(const QString& task, int attempt) {
        std::vector<StepDetail> all;
        for (const char* name : {"prepare", "build", "push", "verify"}) {
            if (below(4) == 0) continue;
            StepDetail step;
            step.task = task;
            step.name = QString::fromLatin1(name);
            step.attempt = attempt;
            step.pod = below(3) == 0 ? "" : "pod";
            step.state = static_cast<tekton::StepState>(below(3));
            all.push_back(step);
        }
        if (below(8) == 0) std::reverse(all.begin(), all.end());
        return all;
    }

    RunDetail run(const QString& uid) {
        RunDetail made;
        made.row.uid = uid;
        for (const char* name : {"clone", "test", "build", "scan", "deploy", "notify"}) {
            if (below(3) == 0) continue;
            TaskDetail task;
            task.name = QString::fromLatin1(name);
            task.steps = steps(task.name, 0);
            if (below(3) == 0) task.earlier = steps(task.name, 1);
            made.tasks.push_back(std::move(task));
        }
        if (below(5) == 0) std::shuffle(made.tasks.begin(), made.tasks.end(), random_);
        return made;
    }

    static RunDetail oneStepEach(const QStringList& tasks) {
        RunDetail made;
        made.row.uid = QStringLiteral("1");
        for (const QString& name : tasks) {
            TaskDetail task;
            StepDetail step;
            task.name = step.task = step.name = name;
            task.steps = {step};
            made.tasks.push_back(task);
        }
        return made;
    }

    static QStringList shown(const StepTree& tree) {
        QStringList all;
        for (int i = 0; i < tree.topLevelItemCount(); ++i) {
            const QTreeWidgetItem* item = tree.topLevelItem(i);
            all << item->text(0);
            for (int child = 0; child < item->childCount(); ++child)
                all << QStringLiteral("  ") + item->child(child)->text(0);
        }
        return all;
    }

    static QStringList expected(const RunDetail& run) {
        QStringList all{QStringLiteral("All steps")};
        for (const TaskDetail& task : run.tasks) {
            all << task.name;
            for (const StepDetail& step : task.earlier) all << QStringLiteral("  ") + step.title();
            for (const StepDetail& step : task.steps) all << QStringLiteral("  ") + step.title();
        }
        return all;
    }

private slots:
    void survivesAStorm() {
        random_.seed(test::stormSeed());
        const Theme theme;
        StepTree tree(theme);
        const QAbstractItemModelTester tester(tree.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QSignalSpy resets(tree.model(), &QAbstractItemModel::modelReset);
        for (int round = 0; round < 300; ++round) {
            // Now and then somebody opens another run.
            const RunDetail detail = run(QString::number(round / 40));
            const QString selected = tree.selectedKey();
            const bool another = round % 40 == 0;
            tree.setRun(detail);
            QCOMPARE(shown(tree), expected(detail));
            if (!another && detail.findStep(selected) != nullptr) QCOMPARE(tree.selectedKey(), selected);
            if (below(4) == 0 && !detail.tasks.empty() && !detail.tasks.front().steps.empty())
                tree.selectKey(detail.tasks.front().steps.back().key());
            if (below(60) == 0) tree.clearRun();
        }
        QCOMPARE(resets.count(), 0);
    }

    void theChosenStepStaysInSight() {
        Theme theme;
        StepTree tree(theme);
        const RunDetail detail = oneStepEach({"1", "2", "3", "4", "5", "6"});
        tree.resize(240, 400);
        tree.show();
        tree.setRun(detail);
        tree.expandAll();
        tree.selectKey(detail.tasks.back().steps[0].key());
        const auto whole = [&tree] { return tree.viewport()->rect().contains(tree.visualRect(tree.currentIndex())); };
        QVERIFY(whole());
        tree.resize(240, 200);
        QVERIFY(whole());
        theme.setFontScale(1.5);
        QVERIFY(whole());
        tree.verticalScrollBar()->setValue(0);  // whoever reads elsewhere is left there
        tree.resize(240, 150);
        QCOMPARE(tree.verticalScrollBar()->value(), 0);
    }

    void aNameComesBeforeTheWordForItsState() {
        Theme theme;
        StepTree tree(theme);
        RunDetail detail = oneStepEach({"clone", "deploy-task"});
        detail.tasks[1].steps.clear();
        detail.tasks[1].state = tekton::TaskState::Skipped;
        tree.setRun(detail);
        const QString deploy = StepTree::taskKey(QStringLiteral("deploy-task"));
        tree.resize(300, 200);
        tree.show();
        QVERIFY(tree.noteShown(deploy));
        theme.setFontScale(1.5);
        tree.resize(240, 200);
        QVERIFY(!tree.noteShown(deploy));
    }

    void whatIsFoldedStaysFolded() {
        random_.seed(1);
        const Theme theme;
        StepTree tree(theme);
        RunDetail detail = oneStepEach({"clone", "build", "deploy"});
        tree.setRun(detail);
        tree.topLevelItem(2)->setExpanded(false);
        tree.selectKey(detail.tasks[2].steps[0].key());
        detail.tasks.erase(detail.tasks.begin());
        tree.setRun(detail);
        QVERIFY(!tree.topLevelItem(1)->isExpanded());
        QVERIFY(tree.topLevelItem(2)->isExpanded());
        QCOMPARE(tree.selectedKey(), detail.tasks[1].steps[0].key());
    }
};

CEREBRAL_TEST(StepTreeTest)
#include "step_tree_test.moc"
