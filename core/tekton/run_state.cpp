#include "core/tekton/run_state.h"

namespace cerebral::tekton {
namespace {

bool wishesEnd(std::string_view specStatus) {
    return specStatus == "Cancelled" || specStatus == "CancelledRunFinally" || specStatus == "StoppedRunFinally" ||
           specStatus == "PipelineRunCancelled";
}

RunState unfinished(std::string_view reason, std::string_view specStatus) {
    if (wishesEnd(specStatus)) return RunState::Cancelling;
    if (reason == "CancelledRunningFinally" || reason == "StoppedRunningFinally" || reason == "Cancelled" ||
        reason == "PipelineRunCouldntCancel") {
        return RunState::Cancelling;
    }
    if (reason == "PipelineRunPending" || specStatus == "PipelineRunPending") return RunState::Pending;
    if (isStuckReason(reason)) return RunState::Stuck;
    return RunState::Running;
}

RunState failed(std::string_view reason) {
    // The last two are what older servers wrote; their runs are still in clusters.
    if (reason == "Cancelled" || reason == "CancelledRunFinally" || reason == "PipelineRunCancelled") {
        return RunState::Cancelled;
    }
    return reason == "PipelineRunTimeout" ? RunState::TimedOut : RunState::Failed;
}

}  // namespace

const char* toString(RunState state) noexcept {
    switch (state) {
        case RunState::Pending:
            return "pending";
        case RunState::Running:
            return "running";
        case RunState::Stuck:
            return "stuck";
        case RunState::Succeeded:
            return "succeeded";
        case RunState::Completed:
            return "completed";
        case RunState::Failed:
            return "failed";
        case RunState::Cancelling:
            return "cancelling";
        case RunState::Cancelled:
            return "cancelled";
        case RunState::TimedOut:
            return "timed-out";
    }
    return "unknown";
}

bool isStuckReason(std::string_view reason) noexcept {
    return reason == "PullImageFailed" || reason == "ExceededNodeResources" || reason == "ExceededResourceQuota" ||
           reason == "PodAdmissionFailed";
}

RunState classifyRun(ConditionStatus status, std::string_view reason, std::string_view specStatus) noexcept {
    switch (status) {
        case ConditionStatus::Missing:
            return wishesEnd(specStatus) ? RunState::Cancelling : RunState::Pending;
        case ConditionStatus::Unknown:
            return unfinished(reason, specStatus);
        case ConditionStatus::True:
            return reason == "Completed" ? RunState::Completed : RunState::Succeeded;
        case ConditionStatus::False:
            return failed(reason);
    }
    return RunState::Running;
}

bool isFinished(RunState state) noexcept {
    switch (state) {
        case RunState::Succeeded:
        case RunState::Completed:
        case RunState::Failed:
        case RunState::Cancelled:
        case RunState::TimedOut:
            return true;
        default:
            return false;
    }
}

}  // namespace cerebral::tekton
