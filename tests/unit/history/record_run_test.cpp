#include "core/history/record_run.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "core/base/time_format.h"
#include "core/tekton/decode.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::history;

class RecordRunTest : public QObject {
    Q_OBJECT
private slots:
    void recordedRunsKeepWhatTheyHave() {
        QFile file(CEREBRAL_TEST_DATA "/captures/list/pipelineruns.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray items = QJsonDocument::fromJson(file.readAll()).object()["items"].toArray();
        bool seen = false;
        for (const QJsonValue& item : items) {
            QJsonObject object = item.toObject();
            object["apiVersion"] = "tekton.dev/v1";
            object["kind"] = "PipelineRun";
            const auto run = tekton::decodePipelineRun(QJsonDocument(object).toJson().toStdString());
            QVERIFY(run.has_value());
            const RunRecord record = recordOf(*run, "c");
            QCOMPARE(record.row.uid, run->meta.uid);
            QCOMPARE(record.row.cluster, std::string("c"));
            QCOMPARE(record.params.size(), run->params.size());
            if (!record.row.name.starts_with("broken-services")) continue;
            seen = true;
            QVERIFY(record.row.state == tekton::RunState::Failed);
            QCOMPARE(record.row.serviceAccount, std::string("cerebral-pipeline"));
            QCOMPARE(record.row.pipeline, std::string("cerebral-microservice-pipeline"));
            QCOMPARE(record.row.conditionMessage,
                     std::string("Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 1"));
            QCOMPARE(formatRfc3339(record.row.created), std::string("2026-11-23T07:03:00Z"));
            QCOMPARE(formatRfc3339(*record.row.finished), std::string("2026-11-23T07:03:09Z"));
        }
        QVERIFY(seen);
    }

    void labelsAnnotationsAndImagesAreTaken() {
        const auto run = tekton::decodePipelineRun(R"({"apiVersion":"tekton.dev/v1","kind":"PipelineRun","metadata":{
            "name":"r","namespace":"n","uid":"u","resourceVersion":"7","creationTimestamp":"2026-11-23T08:41:00Z",
            "labels":{"cerebral.baerautotech.com/service":"ai-services","cerebral.baerautotech.com/branch":"main",
                "cerebral.baerautotech.com/commit":"c0ffee","cerebral.baerautotech.com/trigger":"push"},
            "annotations":{"cerebral.baerautotech.com/received-at":"2026-11-23T08:40:59.959Z",
                "cerebral.baerautotech.com/author":"mk","cerebral.baerautotech.com/before":"beef",
                "cerebral.baerautotech.com/message":"feat: x"}},
            "spec":{"params":[{"name":"base-image","value":"r:5000/cerebral/ai-base:cuda@sha256:abc"}]},
            "status":{"results":[{"name":"image-digest","value":"sha256:def"}]}})");
        QVERIFY(run.has_value());
        const RunRow row = recordOf(*run, "c").row;
        QCOMPARE(row.service, std::string("ai-services"));
        QCOMPARE(row.branch, std::string("main"));
        QCOMPARE(row.commit, std::string("c0ffee"));
        QCOMPARE(row.before, std::string("beef"));
        QCOMPARE(row.trigger, std::string("push"));
        QCOMPARE(row.author, std::string("mk"));
        QCOMPARE(row.message, std::string("feat: x"));
        QCOMPARE(row.baseDigest, std::string("sha256:abc"));
        QCOMPARE(row.imageDigest, std::string("sha256:def"));
        QCOMPARE(formatRfc3339Millis(row.received.value()), std::string("2026-11-23T08:40:59.959Z"));
        QVERIFY(!row.started && !row.finished);
    }

    void everyAttemptOfATaskIsARecord() {
        const WallTime start = parseRfc3339("2026-11-23T08:41:00Z").value();
        tekton::TaskRun task;
        task.meta.name = "t";
        task.meta.uid = "u";
        task.meta.creationTimestamp = start;
        task.meta.labels.set("tekton.dev/pipelineTask", "flaky");
        task.condition = tekton::ConditionStatus::True;
        task.podName = "t-pod-retry1";
        task.startTime = start + std::chrono::seconds(9);
        tekton::RetriedAttempt first;
        first.podName = "t-pod";
        first.condition = tekton::ConditionStatus::False;
        first.reason = "TaskRunTimeout";
        tekton::Step step;
        step.name = "run";
        step.exitCode = 3;
        first.steps = {step};
        task.retries = {first};
        const std::vector<TaskRecord> records = recordsOf(task);
        QCOMPARE(records.size(), std::size_t{2});
        QCOMPARE(records[0].pipelineTask, std::string("flaky"));
        QCOMPARE(records[0].pod, std::string("t-pod"));
        QVERIFY(records[0].state == tekton::RunState::TimedOut);
        QVERIFY(records[0].created == start && !records[1].created);
        QCOMPARE(records[0].steps[0].exitCode, std::optional<int>(3));
        QCOMPARE(records[1].attempt, 1);
        QVERIFY(records[1].state == tekton::RunState::Succeeded);
        QVERIFY(records[1].started == task.startTime);
    }

    void analysedErrorsBecomeRecords() {
        const auto error = analysis::analyseStepLog("one\nERROR: two\nthree\n", analysis::Timestamps::Absent, 800);
        const FirstErrorRecord record = recordOf(*error, "u", "t", "s", 1, "exit code 1");
        QCOMPARE(record.errorNumber, std::int64_t{801});
        QCOMPARE(record.excerptFirst, std::int64_t{800});
        QCOMPARE(record.totalLines, std::int64_t{802});
        QCOMPARE(record.excerpt.size(), std::size_t{3});
        QCOMPARE(record.normalised, std::string("ERROR: two"));
        QCOMPARE(record.fingerprint.size(), std::size_t{16});
    }

    void theTailOfALog() {
        const auto tail = [](std::string_view log, std::size_t bytes, std::int64_t lines, std::int64_t first = 1) {
            return tailOf(log, {bytes, lines}, first);
        };
        const std::string log = "one\ntwo\nthree\n";
        const StepLogRecord all = tail(log, 100, 10);
        QCOMPARE(all.bytes, log);
        QCOMPARE(all.firstNumber, std::int64_t{1});
        QCOMPARE(all.totalLines, std::int64_t{3});
        QCOMPARE(tail(log, 100, 2).bytes, std::string("two\nthree\n"));
        QCOMPARE(tail(log, 100, 2).firstNumber, std::int64_t{2});
        QCOMPARE(tail(log, 10, 9).bytes, std::string("two\nthree\n"));
        QCOMPARE(tail(log, 9, 9).bytes, std::string("three\n"));
        QCOMPARE(tail(log, 9, 9, 801).firstNumber, std::int64_t{803});
        QCOMPARE(tail(log, 9, 9, 801).totalLines, std::int64_t{803});
        QCOMPARE(tail("one\ntwo", 100, 1).bytes, std::string("two"));
        QCOMPARE(tail("one\ntwo", 100, 1).totalLines, std::int64_t{2});
        QCOMPARE(tail("\n\n", 100, 9).firstNumber, std::int64_t{1});
        QCOMPARE(tail("a very long line\n", 5, 9).bytes, std::string("line\n"));
        QVERIFY(tail("", 5, 9).bytes.empty());
        QCOMPARE(tail("", 5, 9).totalLines, std::int64_t{0});
    }
};

CEREBRAL_TEST(RecordRunTest)
#include "record_run_test.moc"
