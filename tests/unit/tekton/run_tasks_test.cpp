#include "core/tekton/run_tasks.h"

#include <QtTest/QtTest>

#include "core/tekton/decode.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"
#include "tests/unit/tekton/task_text.h"

using namespace cerebral;
using tekton::RunState;
using tekton::TaskState;

namespace {

std::string describeAll(const std::string& runs, const std::string& taskRuns, const std::string& pods) {
    std::string text;
    const auto tasksAtHand =
        taskRuns.empty() ? std::vector<kube::ObjectPtr<tekton::TaskRun>>{} : test::taskRunsOf(taskRuns);
    const auto podsAtHand = pods.empty() ? std::vector<kube::ObjectPtr<kube::Pod>>{} : test::podsOfCapture(pods);
    for (const auto& run : test::pipelineRunsOf(runs)) {
        const auto tasks = tekton::runTasks(*run, tasksAtHand, podsAtHand);
        text += run->meta.name + " " + toString(tekton::runStateWith(*run, tasks)) + "\n";
        for (const auto& task : tasks) text += "  " + test::describe(task) + "\n";
    }
    return text;
}

tekton::PipelineTask node(std::string name, std::vector<std::string> after = {}) {
    tekton::PipelineTask task;
    task.name = std::move(name);
    task.after = std::move(after);
    return task;
}

/// a → b → c, `children` of them begun.
tekton::PipelineRun chain(int children, const char* reason, tekton::ConditionStatus status, const char* message) {
    tekton::PipelineRun run;
    run.meta.name = "run";
    run.meta.uid = "u";
    run.tasks = {node("a"), node("b", {"a"}), node("c", {"b"})};
    for (int i = 0; i < children; ++i) {
        const std::string& name = run.tasks[static_cast<std::size_t>(i)].name;
        run.children.push_back({"TaskRun", "run-" + name, name});
    }
    run.condition = status;
    run.reason = reason;
    run.message = message;
    return run;
}

}  // namespace

class RunTasksTest : public QObject {
    Q_OBJECT

private slots:
    void recordedRunsJoinTheirTasks_data() {
        QTest::addColumn<QByteArray>("golden");
        QTest::addColumn<QByteArray>("runs");
        QTest::addColumn<QByteArray>("taskRuns");
        QTest::addColumn<QByteArray>("pods");
        QTest::newRow("seed") << QByteArray("run-tasks.txt") << QByteArray("list/pipelineruns.json")
                              << QByteArray("list/taskruns.json") << QByteArray("list/pods.tekton-pipelines.json");
        QTest::newRow("states") << QByteArray("run-tasks.states.txt") << QByteArray("states/pipelineruns.list.json")
                                << QByteArray("states/taskruns.list.json") << QByteArray("states/pods.list.json");
        QTest::newRow("podsecurity") << QByteArray("run-tasks.podsecurity.txt")
                                     << QByteArray("podsecurity/pipelineruns.watch.jsonl")
                                     << QByteArray("podsecurity/taskruns.watch.jsonl") << QByteArray();
        QTest::newRow("runs alone") << QByteArray("run-tasks.alone.txt") << QByteArray("list/pipelineruns.json")
                                    << QByteArray() << QByteArray();
        QTest::newRow("states alone") << QByteArray("run-tasks.states.alone.txt")
                                      << QByteArray("states/pipelineruns.list.json") << QByteArray() << QByteArray();
    }
    void recordedRunsJoinTheirTasks() {
        QFETCH(QByteArray, golden);
        QFETCH(QByteArray, runs);
        QFETCH(QByteArray, taskRuns);
        QFETCH(QByteArray, pods);
        const std::string text = describeAll(runs.toStdString(), taskRuns.toStdString(), pods.toStdString());
        const std::string difference = test::compareGolden("golden/tekton/" + golden.toStdString(), text);
        QVERIFY2(difference.empty(), difference.c_str());
    }

    /// What was deduced from the run alone is what its TaskRuns say.
    void deducesNothingWrong() {
        int deduced = 0;
        for (const char* folder : {"list/", "states/"}) {
            const std::string at = folder;
            const std::string ending = at == "list/" ? ".json" : ".list.json";
            const auto taskRuns = test::taskRunsOf(at + "taskruns" + ending);
            for (const auto& run : test::pipelineRunsOf(at + "pipelineruns" + ending)) {
                const auto known = tekton::runTasks(*run, taskRuns);
                const auto alone = tekton::runTasks(*run, {});
                QCOMPARE(known.size(), alone.size());
                for (std::size_t i = 0; i < known.size(); ++i) {
                    if (!alone[i].deduced) continue;
                    ++deduced;
                    // Pods and their troubles cannot be deduced; that it goes on can.
                    if (alone[i].state == TaskState::Running) {
                        QVERIFY(!isFinished(known[i].state));
                    } else {
                        const bool badly =
                            known[i].state == TaskState::TimedOut || known[i].state == TaskState::Failed;
                        QCOMPARE(toString(badly ? TaskState::Failed : known[i].state), toString(alone[i].state));
                    }
                }
            }
        }
        QVERIFY(deduced >= 20);
    }

    void deducesFromWhatBegan() {
        const auto tasks = tekton::runTasks(chain(2, "Failed", tekton::ConditionStatus::False,
                                                  "Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 1"),
                                            {});
        QCOMPARE(tasks[0].state, TaskState::Succeeded);
        QVERIFY(tasks[0].deduced);
        QCOMPARE(tasks[1].state, TaskState::Failed);
        QCOMPARE(tasks[2].state, TaskState::Waiting);
        QVERIFY(!tasks[2].deduced);
    }

    void deducesNoMoreThanIsProven() {
        // The cancelled run's message counts nothing.
        auto tasks = tekton::runTasks(
            chain(1, "Cancelled", tekton::ConditionStatus::False, "PipelineRun \"run\" was cancelled"), {});
        QVERIFY(tasks[0].unknown);
        // One of two candidates failed: which one is not told.
        auto run = chain(0, "Failed", tekton::ConditionStatus::False,
                         "Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 1");
        run.tasks = {node("a"), node("b"), node("c", {"b"})};
        run.children = {{"TaskRun", "run-a", "a"}, {"TaskRun", "run-b", "b"}};
        tasks = tekton::runTasks(run, {});
        QVERIFY(tasks[0].unknown && tasks[1].unknown);
        // Whether an ignored failure happened is not told either.
        run = chain(3, "Succeeded", tekton::ConditionStatus::True, "");
        std::vector<tekton::PipelineTask> ignoring = run.tasks;
        ignoring[0].failureIgnored = true;
        run.tasks = std::move(ignoring);
        tasks = tekton::runTasks(run, {});
        QVERIFY(tasks[0].unknown);
        QVERIFY(!tasks[1].unknown);
    }

    void countsSayWhatIsRunning() {
        const char* message = "Tasks Completed: 1 (Failed: 0, Cancelled 0), Incomplete: 2, Skipped: 0";
        auto tasks = tekton::runTasks(chain(2, "Running", tekton::ConditionStatus::Unknown, message), {});
        QCOMPARE(tasks[1].state, TaskState::Running);
        message = "Tasks Completed: 2 (Failed: 0, Cancelled 0), Incomplete: 1, Skipped: 0";
        tasks = tekton::runTasks(chain(2, "Running", tekton::ConditionStatus::Unknown, message), {});
        QVERIFY(tasks[1].unknown);
    }

    void anEarlierRunOfThatNameIsAnother() {
        tekton::PipelineRun run = chain(1, "Running", tekton::ConditionStatus::Unknown, "");
        tekton::TaskRun old;
        old.meta.name = "run-a";
        old.meta.labels = {{"tekton.dev/pipelineRun", "run"},
                           {"tekton.dev/pipelineRunUID", "earlier"},
                           {"tekton.dev/pipelineTask", "a"}};
        QVERIFY(!tekton::belongsTo(old, run));
        old.meta.labels.set("tekton.dev/pipelineRunUID", "u");
        QVERIFY(tekton::belongsTo(old, run));
        old.meta.labels.erase("tekton.dev/pipelineRunUID");
        old.meta.owners = {{"PipelineRun", "run", "earlier", true}};
        QVERIFY(!tekton::belongsTo(old, run));
    }

    void aTaskRunMayArriveBeforeTheRunSpeaksOfIt() {
        const tekton::PipelineRun run = chain(0, "Running", tekton::ConditionStatus::Unknown, "");
        tekton::TaskRun first;
        first.meta.name = "run-a-1234";
        first.meta.labels = {{"tekton.dev/pipelineRun", "run"}, {"tekton.dev/pipelineTask", "a"}};
        first.condition = tekton::ConditionStatus::Unknown;
        first.reason = "PullImageFailed";
        const auto tasks = tekton::runTasks(run, {std::make_shared<const tekton::TaskRun>(first)});
        QCOMPARE(tasks[0].children, std::vector<std::string>{"run-a-1234"});
        QCOMPARE(tasks[0].state, TaskState::Stuck);
        QCOMPARE(tekton::runStateWith(run, tasks), RunState::Stuck);
    }
};

CEREBRAL_TEST(RunTasksTest)
#include "run_tasks_test.moc"
