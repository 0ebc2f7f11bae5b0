#pragma once
/// @file RunState: what a PipelineRun is doing, in nine words.
///
/// Rule (research of the peers' mistakes): branch on the status of the `Succeeded` condition first;
/// the reason only refines it; an unknown reason under Unknown stays Running, under False Failed.
/// Source: tektoncd/pipeline pkg/apis/pipeline/v1/pipelinerun_types.go.
/// Stuck is not visible in the run itself (it says only Running): it comes from its TaskRuns and pods.

#include <cstdint>
#include <string_view>

namespace cerebral::tekton {

enum class ConditionStatus : std::uint8_t { Missing, True, False, Unknown };

enum class RunState : std::uint8_t {
    Pending,  ///< no condition yet, or spec.status PipelineRunPending
    Running,
    Stuck,  ///< Running, and a TaskRun or pod cannot go on without help
    Succeeded,
    Completed,  ///< succeeded with at least one task skipped
    Failed,
    Cancelling,  ///< the wish is in spec.status, the condition is still Unknown
    Cancelled,
    TimedOut,
};

/// "running", "timed-out": stable, for JSON and CSS-like lookups.
const char* toString(RunState state) noexcept;

[[nodiscard]] RunState classifyRun(ConditionStatus status, std::string_view reason,
                                   std::string_view specStatus) noexcept;
/// Reasons of pkg/pod/status.go that need help from outside: an image that cannot be pulled, a pod no
/// node can hold, a quota or an admission policy in the way.
[[nodiscard]] bool isStuckReason(std::string_view reason) noexcept;
/// Succeeded, Completed, Failed, Cancelled, TimedOut.
[[nodiscard]] bool isFinished(RunState state) noexcept;

}  // namespace cerebral::tekton
