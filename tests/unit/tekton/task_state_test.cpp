#include "core/tekton/task_state.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral;
using tekton::ConditionStatus;
using tekton::TaskState;

class TaskStateTest : public QObject {
    Q_OBJECT

private slots:
    void classifies_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<QByteArray>("wish");
        QTest::addColumn<QByteArray>("state");
        const auto row = [](ConditionStatus status, const char* reason, const char* wish, const char* state) {
            QTest::addRow("%d %s %s", static_cast<int>(status), reason, wish)
                << static_cast<int>(status) << QByteArray(reason) << QByteArray(wish) << QByteArray(state);
        };
        row(ConditionStatus::Missing, "", "", "pending");
        row(ConditionStatus::Missing, "", "TaskRunPending", "pending");
        row(ConditionStatus::Missing, "", "TaskRunCancelled", "cancelling");
        row(ConditionStatus::True, "Succeeded", "", "succeeded");
        row(ConditionStatus::True, "Anything", "TaskRunCancelled", "succeeded");
        for (const char* reason : {"Started", "Running", "ToBeRetried", "ResolvingTaskRef", "ResolvingStepActionRef",
                                   "TaskRunStopSidecarFailed", "AReasonOfTomorrow", ""}) {
            row(ConditionStatus::Unknown, reason, "", "running");
        }
        row(ConditionStatus::Unknown, "Pending", "", "pending");
        row(ConditionStatus::Unknown, "TaskRunPending", "", "pending");
        row(ConditionStatus::Unknown, "Running", "TaskRunCancelled", "cancelling");
        for (const char* reason : {"PullImageFailed", "ExceededNodeResources", "ExceededResourceQuota",
                                   "PodAdmissionFailed", "CreateContainerConfigError"}) {
            row(ConditionStatus::Unknown, reason, "", "stuck");
            row(ConditionStatus::Unknown, reason, "TaskRunCancelled", "cancelling");
        }
        for (const char* reason : {"Failed",
                                   "TaskRunImagePullFailed",
                                   "CreateContainerConfigError",
                                   "PodCreationFailed",
                                   "TaskRunResultLargerThanAllowedLimit",
                                   "InvalidParamValue",
                                   "TaskRunResolutionFailed",
                                   "TaskRunValidationFailed",
                                   "TaskValidationFailed",
                                   "ResourceVerificationFailed",
                                   "PodEvicted",
                                   "StepOOM",
                                   "StepFailed",
                                   "SidecarOOM",
                                   "SidecarFailed",
                                   "InitContainerOOM",
                                   "InitContainerFailed",
                                   "PodAdmissionFailed",
                                   "AReasonOfTomorrow",
                                   ""}) {
            row(ConditionStatus::False, reason, "", "failed");
        }
        row(ConditionStatus::False, "FailureIgnored", "", "ignored");
        row(ConditionStatus::False, "TaskRunCancelled", "TaskRunCancelled", "cancelled");
        row(ConditionStatus::False, "TaskRunTimeout", "", "timed-out");
    }
    void classifies() {
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        QFETCH(QByteArray, wish);
        QFETCH(QByteArray, state);
        const TaskState found =
            tekton::classifyTask(static_cast<ConditionStatus>(status), std::string_view(reason.constData()),
                                 std::string_view(wish.constData()));
        QCOMPARE(QByteArray(toString(found)), state);
        QCOMPARE(isFinished(found), status == static_cast<int>(ConditionStatus::True) ||
                                        status == static_cast<int>(ConditionStatus::False));
    }
};

CEREBRAL_TEST(TaskStateTest)
#include "task_state_test.moc"
