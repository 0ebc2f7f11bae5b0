#include "core/tekton/task_run.h"

namespace cerebral::tekton {
namespace {

StepState terminated(int exitCode, std::string_view terminationReason) {
    if (terminationReason == "Skipped") return StepState::Skipped;
    if (terminationReason == "Continued") return StepState::Continued;
    if (terminationReason == "TimeoutExceeded" || terminationReason == "TaskRunTimeout") return StepState::TimedOut;
    if (terminationReason == "Cancelled" || terminationReason == "TaskRunCancelled") return StepState::Cancelled;
    return exitCode == 0 ? StepState::Succeeded : StepState::Failed;
}

}  // namespace

StepState Step::state() const noexcept {
    if (exitCode) return terminated(*exitCode, terminationReason);
    return startedAt ? StepState::Running : StepState::Waiting;
}

std::string TaskRun::result(std::string_view name) const {
    for (const Param& candidate : results) {
        if (candidate.name == name) return candidate.value;
    }
    return {};
}

const Step* TaskRun::failedStep() const noexcept {
    // What a timeout or a cancel ended is the culprit only when no step failed by itself.
    for (const StepState wanted : {StepState::Failed, StepState::TimedOut, StepState::Cancelled}) {
        for (const Step& step : steps) {
            if (step.state() == wanted) return &step;
        }
    }
    return nullptr;
}

std::vector<std::string> TaskRun::podNames() const {
    std::vector<std::string> names;
    for (const RetriedAttempt& attempt : retries) {
        if (!attempt.podName.empty()) names.push_back(attempt.podName);
    }
    if (!podName.empty() && (names.empty() || names.back() != podName)) names.push_back(podName);
    return names;
}

}  // namespace cerebral::tekton
