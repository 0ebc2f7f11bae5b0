#pragma once
/// @file TaskState and StepState: what a task or one of its steps is doing.
///
/// Same rule as RunState: the status of the `Succeeded` condition first, the reason only refines; unknown
/// reasons under Unknown stay Running, under False Failed.
/// Sources: tektoncd/pipeline pkg/apis/pipeline/v1/taskrun_types.go, pkg/pod/status.go.

#include <cstdint>
#include <string_view>

#include "core/tekton/run_state.h"

namespace cerebral::tekton {

enum class TaskState : std::uint8_t {
    Waiting,  ///< in the pipeline, not begun
    Pending,  ///< a TaskRun without condition, or asked to wait (TaskRunPending)
    Running,
    Stuck,
    Succeeded,
    Failed,
    Ignored,  ///< failed under `onError: continue` (FailureIgnored): amber, the pipeline went on
    Cancelling,
    Cancelled,
    TimedOut,
    Skipped,
};
/// "waiting", "timed-out", …: stable, for JSON.
const char* toString(TaskState state) noexcept;
/// Succeeded, Failed, Ignored, Cancelled, TimedOut, Skipped.
[[nodiscard]] bool isFinished(TaskState state) noexcept;

[[nodiscard]] TaskState classifyTask(ConditionStatus status, std::string_view reason,
                                     std::string_view specStatus) noexcept;

enum class StepState : std::uint8_t {
    Waiting,  ///< not begun
    Running,
    Succeeded,
    Failed,
    Continued,  ///< failed, and the task went on (step's onError: continue)
    TimedOut,
    Cancelled,
    Skipped,  ///< an earlier step failed
};
const char* toString(StepState state) noexcept;

}  // namespace cerebral::tekton
