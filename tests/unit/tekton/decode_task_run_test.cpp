#include <QtTest/QtTest>
#include <map>

#include "core/tekton/decode.h"
#include "tests/support/captures.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"
#include "tests/unit/tekton/task_text.h"

using namespace cerebral;

namespace {

std::map<std::string, std::string> byName(const std::vector<kube::ObjectPtr<tekton::TaskRun>>& runs) {
    std::map<std::string, std::string> lines;
    for (const auto& run : runs) lines[run->meta.name] = test::describe(*run);
    return lines;
}

kube::ObjectPtr<tekton::TaskRun> find(const std::string& capture, std::string_view name) {
    for (const auto& run : test::taskRunsOf(capture)) {
        if (run->meta.name == name) return run;
    }
    return nullptr;
}

}  // namespace

class DecodeTaskRunTest : public QObject {
    Q_OBJECT

private slots:
    void everyCaptureDecodesToItsGoldenFile_data() {
        QTest::addColumn<QByteArray>("capture");
        int rows = 0;
        for (const char* ending : {".json", ".jsonl"}) {
            for (const auto& path : test::capturesEndingIn(ending)) {
                if (path.find("taskruns") == std::string::npos) continue;
                QTest::newRow(path.c_str()) << QByteArray::fromStdString(path);
                ++rows;
            }
        }
        QCOMPARE(rows, 5);
    }
    void everyCaptureDecodesToItsGoldenFile() {
        QFETCH(QByteArray, capture);
        std::string text;
        for (const auto& [name, line] : byName(test::taskRunsOf(capture.toStdString()))) text += line + "\n";
        const std::string difference = test::compareGolden("golden/tekton/" + capture.toStdString() + ".txt", text);
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void replayEndsAsTheList_data() {
        QTest::addColumn<QByteArray>("watch");
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<int>("replayed");
        QTest::newRow("seed") << QByteArray("taskruns.watch.jsonl") << QByteArray("list/taskruns.json") << 12;
        QTest::newRow("states") << QByteArray("states/taskruns.watch.jsonl")
                                << QByteArray("states/taskruns.list.json") << 21;
    }
    void replayEndsAsTheList() {
        QFETCH(QByteArray, watch);
        QFETCH(QByteArray, list);
        QFETCH(int, replayed);
        const auto wanted = byName(test::taskRunsOf(list.toStdString()));
        const auto found = byName(test::taskRunsOf(watch.toStdString()));
        QCOMPARE(static_cast<int>(found.size()), replayed);
        for (const auto& [name, line] : found) {
            QVERIFY2(wanted.contains(name), name.c_str());
            QCOMPARE(QString::fromStdString(line), QString::fromStdString(wanted.at(name)));
        }
    }

    void readsRetries() {
        const auto run = find("states/taskruns.list.json", "state-retries-flaky");
        QVERIFY(run);
        QCOMPARE(run->retries.size(), std::size_t{2});
        QCOMPARE(run->podNames(),
                 (std::vector<std::string>{"state-retries-flaky-pod", "state-retries-flaky-pod-retry1",
                                           "state-retries-flaky-pod-retry2"}));
        QCOMPARE(run->retries[0].steps.at(0).exitCode, std::optional(1));
        QCOMPARE(run->state(), tekton::TaskState::Succeeded);
    }

    void findsTheFailedStep() {
        const auto oom = find("states/taskruns.list.json", "state-oom-exit-oom");
        QVERIFY(oom && oom->failedStep());
        QCOMPARE(oom->failedStep()->exitCode, std::optional(137));
        QCOMPARE(oom->failedStep()->container, std::string("step-run"));
        const auto slow = find("states/taskruns.list.json", "state-task-timeout-slow");
        QCOMPARE(slow->failedStep()->state(), tekton::StepState::TimedOut);
        const auto fine = find("states/taskruns.list.json", "state-result-r");
        QVERIFY(!fine->failedStep());
        QCOMPARE(fine->result("digest"), std::string("abc"));
        QCOMPARE(fine->result("other"), std::string());
    }

    void theStepThatFailedIsNotTheOneThatWasStopped() {
        const auto run = tekton::decodeTaskRun(R"({"metadata":{"name":"t","uid":"u"},"status":{"steps":[
            {"name":"a","terminated":{"exitCode":1},"terminationReason":"TaskRunTimeout"},
            {"name":"b","terminated":{"exitCode":1},"terminationReason":"Continued"},
            {"name":"c","terminated":{"exitCode":2},"terminationReason":"Error"},
            {"name":"d","terminated":{"exitCode":1},"terminationReason":"Skipped"}]}})");
        QVERIFY(run.has_value());
        QCOMPARE(run->failedStep()->name, std::string("c"));
        QCOMPARE(run->steps[1].state(), tekton::StepState::Continued);
        QCOMPARE(run->steps[3].state(), tekton::StepState::Skipped);
    }

    void stepsWithoutNamesHaveContainers() {
        const auto run = tekton::decodeTaskRun(R"({"metadata":{"name":"t","uid":"u"},"spec":{"taskSpec":{"steps":[
            {"image":"a"},{"image":"b","name":"named"}]}},"status":{"steps":[{"name":"unnamed-0","running":
            {"startedAt":"2026-11-23T08:00:00Z"}}]}})");
        QVERIFY(run.has_value());
        QCOMPARE(run->steps.size(), std::size_t{2});
        QCOMPARE(run->steps[0].container, std::string("step-unnamed-0"));
        QCOMPARE(run->steps[0].state(), tekton::StepState::Running);
        QCOMPARE(run->steps[1].state(), tekton::StepState::Waiting);
    }

    void refusesWhatIsNoTaskRun() {
        QVERIFY(!tekton::decodeTaskRun("").has_value());
        QVERIFY(!tekton::decodeTaskRun("{}").has_value());
        const auto odd = tekton::decodeTaskRun(
            R"({"metadata":{"name":"t","uid":"u"},"spec":[],"status":{"steps":{"a":1},"retriesStatus":7,"results":[1]}})");
        QVERIFY(odd.has_value());
        QVERIFY(odd->steps.empty());
    }
};

CEREBRAL_TEST(DecodeTaskRunTest)
#include "decode_task_run_test.moc"
