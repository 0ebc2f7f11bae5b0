// Every reason of Tekton's source (pkg/apis/pipeline/v1/pipelinerun_types.go), and unknown ones.

#include <QtTest/QtTest>

#include "core/tekton/pipeline_run.h"
#include "tests/support/test_main.h"

using namespace cerebral::tekton;

class RunStateTest : public QObject {
    Q_OBJECT

    static void row(const char* condition, const char* reason, const char* wish, const char* state) {
        QTest::addRow("%s/%s/%s", condition, reason, wish)
            << QByteArray(condition) << QByteArray(reason) << QByteArray(wish) << QByteArray(state);
    }

private slots:
    void classify_data() {
        QTest::addColumn<QByteArray>("condition");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<QByteArray>("wish");
        QTest::addColumn<QByteArray>("state");
        row("Missing", "", "", "pending");
        row("Missing", "", "PipelineRunPending", "pending");
        row("Missing", "", "Cancelled", "cancelling");
        row("True", "Succeeded", "", "succeeded");
        row("True", "Completed", "", "completed");
        row("True", "SomethingNew", "", "succeeded");
        row("True", "Succeeded", "CancelledRunFinally", "succeeded");
        for (const char* reason :
             {"Started", "Running", "ResolvingPipelineRef", "ResolvingTaskRef", "PipelineRunStopping",
              "PipelineRunTimeoutRunningFinally", "PipelineRunCouldntTimeOut", "SomethingNew", ""}) {
            row("Unknown", reason, "", "running");
            for (const char* wish : {"Cancelled", "CancelledRunFinally", "StoppedRunFinally"}) {
                row("Unknown", reason, wish, "cancelling");
            }
        }
        for (const char* reason :
             {"CancelledRunningFinally", "StoppedRunningFinally", "PipelineRunCouldntCancel", "Cancelled"}) {
            row("Unknown", reason, "", "cancelling");
        }
        row("Unknown", "PipelineRunPending", "", "pending");
        row("Unknown", "PipelineRunPending", "PipelineRunPending", "pending");
        row("Unknown", "PipelineRunPending", "Cancelled", "cancelling");
        for (const char* reason :
             {"PullImageFailed", "ExceededNodeResources", "ExceededResourceQuota", "PodAdmissionFailed"}) {
            row("Unknown", reason, "", "stuck");
        }
        for (const char* reason : {"Failed",
                                   "CreateRunFailed",
                                   "CouldntGetPipeline",
                                   "CouldntGetTask",
                                   "CouldntGetPipelineResult",
                                   "PipelineValidationFailed",
                                   "PipelineInvalidGraph",
                                   "InvalidPipelineResourceBindings",
                                   "InvalidWorkspaceBindings",
                                   "RequiredWorkspaceMarkedOptional",
                                   "InvalidTaskRunSpecs",
                                   "InvalidTaskResultReference",
                                   "InvalidPipelineResultReference",
                                   "InvalidMatrixParameterTypes",
                                   "ParameterTypeMismatch",
                                   "ParameterMissing",
                                   "ObjectParameterMissKeys",
                                   "ParamArrayIndexingInvalid",
                                   "InvalidParamValue",
                                   "ResourceVerificationFailed",
                                   "CELEvaluationFailed",
                                   "SomethingNew"}) {
            row("False", reason, "", "failed");
        }
        row("False", "Failed", "StoppedRunFinally", "failed");
        row("False", "Cancelled", "CancelledRunFinally", "cancelled");
        row("False", "Cancelled", "StoppedRunFinally", "cancelled");
        row("False", "PipelineRunCancelled", "", "cancelled");
        row("False", "PipelineRunTimeout", "", "timed-out");
    }
    void classify() {
        QFETCH(QByteArray, condition);
        QFETCH(QByteArray, reason);
        QFETCH(QByteArray, wish);
        QFETCH(QByteArray, state);
        const ConditionStatus status = condition == "True"      ? ConditionStatus::True
                                       : condition == "False"   ? ConditionStatus::False
                                       : condition == "Unknown" ? ConditionStatus::Unknown
                                                                : ConditionStatus::Missing;
        const RunState result = classifyRun(status, reason.toStdString(), wish.toStdString());
        QCOMPARE(QByteArray(toString(result)), state);
        const bool finished = condition == "True" || condition == "False";
        QCOMPARE(isFinished(result), finished);
    }

    void progress_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QList<int>>(
            "counts");  // completed, failed, ignored, cancelled, incomplete, skipped, invalid
        QTest::newRow("done") << QByteArray("Tasks Completed: 3 (Failed: 0, Cancelled 0), Skipped: 0")
                              << QList<int>{3, 0, 0, 0, 0, 0, 0};
        QTest::newRow("under way") << QByteArray(
                                          "Tasks Completed: 1 (Failed: 0, Cancelled 0), Incomplete: 2, Skipped: 1")
                                   << QList<int>{1, 0, 0, 0, 2, 1, 0};
        QTest::newRow("ignored") << QByteArray("Tasks Completed: 2 (Failed: 2 (Ignored: 1), Cancelled 0), Skipped: 0")
                                 << QList<int>{2, 2, 1, 0, 0, 0, 0};
        QTest::newRow("invalid")
            << QByteArray("Tasks Completed: 4 (Failed: 1, Cancelled 2), Skipped: 5, Failed Validation: 3")
            << QList<int>{4, 1, 0, 2, 0, 5, 3};
        QTest::newRow("colon everywhere") << QByteArray("Tasks Completed: 10 (Failed: 1, Cancelled: 2), Skipped: 3")
                                          << QList<int>{10, 1, 0, 2, 0, 3, 0};
        QTest::newRow("inside a longer text")
            << QByteArray("PipelineRun \"x\" was cancelled. Tasks Completed: 2 (Failed: 0, Cancelled 1), Skipped: 0")
            << QList<int>{2, 0, 0, 1, 0, 0, 0};
        for (const char* text : {"", "Tasks Completed", "Tasks Completed: many", "PipelineRun failed to finish"}) {
            QTest::addRow("none: %s", text) << QByteArray(text) << QList<int>{};
        }
    }
    void progress() {
        QFETCH(QByteArray, message);
        QFETCH(QList<int>, counts);
        const auto parsed = parseTaskProgress(message.toStdString());
        QList<int> got;
        if (parsed) {
            got = {parsed->completed,  parsed->failed,  parsed->ignored,         parsed->cancelled,
                   parsed->incomplete, parsed->skipped, parsed->failedValidation};
        }
        QCOMPARE(got, counts);
    }
};

CEREBRAL_TEST(RunStateTest)
#include "run_state_test.moc"
