#include "core/tekton/task_state.h"

namespace cerebral::tekton {
namespace {

TaskState unfinished(std::string_view reason, std::string_view specStatus) {
    if (specStatus == "TaskRunCancelled") return TaskState::Cancelling;
    if (specStatus == "TaskRunPending" || reason == "TaskRunPending") return TaskState::Pending;
    // Older servers leave the configuration error of a container under Unknown.
    if (isStuckReason(reason) || reason == "CreateContainerConfigError") return TaskState::Stuck;
    // Tekton's word for a pod that has not begun to run.
    return reason == "Pending" ? TaskState::Pending : TaskState::Running;
}

TaskState failed(std::string_view reason) {
    if (reason == "FailureIgnored") return TaskState::Ignored;
    if (reason == "TaskRunCancelled") return TaskState::Cancelled;
    return reason == "TaskRunTimeout" ? TaskState::TimedOut : TaskState::Failed;
}

}  // namespace

const char* toString(TaskState state) noexcept {
    switch (state) {
        case TaskState::Waiting:
            return "waiting";
        case TaskState::Pending:
            return "pending";
        case TaskState::Running:
            return "running";
        case TaskState::Stuck:
            return "stuck";
        case TaskState::Succeeded:
            return "succeeded";
        case TaskState::Failed:
            return "failed";
        case TaskState::Ignored:
            return "ignored";
        case TaskState::Cancelling:
            return "cancelling";
        case TaskState::Cancelled:
            return "cancelled";
        case TaskState::TimedOut:
            return "timed-out";
        case TaskState::Skipped:
            return "skipped";
    }
    return "unknown";
}

bool isFinished(TaskState state) noexcept {
    switch (state) {
        case TaskState::Succeeded:
        case TaskState::Failed:
        case TaskState::Ignored:
        case TaskState::Cancelled:
        case TaskState::TimedOut:
        case TaskState::Skipped:
            return true;
        default:
            return false;
    }
}

TaskState classifyTask(ConditionStatus status, std::string_view reason, std::string_view specStatus) noexcept {
    switch (status) {
        case ConditionStatus::Missing:
            return specStatus == "TaskRunCancelled" ? TaskState::Cancelling : TaskState::Pending;
        case ConditionStatus::Unknown:
            return unfinished(reason, specStatus);
        case ConditionStatus::True:
            return TaskState::Succeeded;
        case ConditionStatus::False:
            return failed(reason);
    }
    return TaskState::Running;
}

const char* toString(StepState state) noexcept {
    switch (state) {
        case StepState::Waiting:
            return "waiting";
        case StepState::Running:
            return "running";
        case StepState::Succeeded:
            return "succeeded";
        case StepState::Failed:
            return "failed";
        case StepState::Continued:
            return "continued";
        case StepState::TimedOut:
            return "timed-out";
        case StepState::Cancelled:
            return "cancelled";
        case StepState::Skipped:
            return "skipped";
    }
    return "unknown";
}

}  // namespace cerebral::tekton
