#include "core/tekton/pipeline_spec.h"

#include <QtTest/QtTest>
#include <map>

#include "core/tekton/decode.h"
#include "tests/support/test_main.h"
#include "tests/unit/tekton/task_text.h"

using namespace cerebral;
using Names = std::vector<std::string>;

class PipelineSpecTest : public QObject {
    Q_OBJECT

private slots:
    void findsReferencedTasks() {
        QCOMPARE(tekton::referencedTasks("$(tasks.a.results.x) $(tasks.b.results['y'])$(tasks.a.results.z[*])"),
                 (Names{"a", "b"}));
        QVERIFY(
            tekton::referencedTasks("$(tasks.a.status) $(tasks.status) $(params.tasks.a.results) $(tasks.").empty());
        QVERIFY(tekton::referencedTasks("$(tasks..results.x)").empty());
    }

    void readsTheSeedsGraph() {
        const auto runs = test::pipelineRunsOf("list/pipelineruns.json");
        const auto& tasks = runs.at(0)->tasks;
        QCOMPARE(tasks.size(), std::size_t{3});
        QVERIFY(tasks[0].after.empty());
        QCOMPARE(tasks[1].after, Names{"git-clone-task"});
        // No runAfter: the digest it asks for makes it wait.
        QCOMPARE(tasks[2].after, Names{"kaniko-build-task"});
        QCOMPARE(tasks[2].taskName, std::string("deploy-task"));
        QVERIFY(tekton::dependsOn(tasks, "deploy-task", "git-clone-task"));
        QVERIFY(!tekton::dependsOn(tasks, "git-clone-task", "deploy-task"));
        QVERIFY(!tekton::dependsOn(tasks, "git-clone-task", "git-clone-task"));
        QCOMPARE(runs.at(0)->pipelineTasks.list(), (Names{"git-clone-task", "kaniko-build-task", "deploy-task"}));
    }

    void readsEveryKindOfTask() {
        std::map<std::string, tekton::PipelineTask> tasks;
        for (const auto& run : test::pipelineRunsOf("states/pipelineruns.list.json")) {
            for (const auto& task : run->tasks) tasks[run->meta.name + "/" + task.name] = task;
        }
        QVERIFY(tasks.at("state-matrix/m").matrix);
        QCOMPARE(tasks.at("state-retries/flaky").retries, 3);
        QVERIFY(tasks.at("state-continue/ignored").failureIgnored);
        QVERIFY(tasks.at("state-finally-skip/b").conditional);
        QVERIFY(tasks.at("state-finally-skip/report").finally);
        QVERIFY(!tasks.at("state-finally-skip/c").finally);
    }

    void survivesACircle() {
        std::vector<tekton::PipelineTask> tasks(2);
        tasks[0].name = "a";
        tasks[0].after = {"b"};
        tasks[1].name = "b";
        tasks[1].after = {"a"};
        QVERIFY(tekton::dependsOn(tasks, "a", "b"));
        QVERIFY(!tekton::dependsOn(tasks, "a", "c"));
    }
};

CEREBRAL_TEST(PipelineSpecTest)
#include "pipeline_spec_test.moc"
