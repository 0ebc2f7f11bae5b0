#pragma once
/// @file TaskTiming: where a task's time went: queued, pulling images, starting, running.
///
/// Out of TaskRun and pod, no events: queued is from the TaskRun's creation (a retry's startTime) until its pod
/// was scheduled (PodScheduled), or to the end of an attempt that never had one; pulling from there until all
/// containers had been started or the first step began, which is image pulls and init containers together, for
/// Kubernetes does not split them; running is step by step. Times are the server's, whole seconds; an interval that
/// cannot be cited is absent.

#include <optional>
#include <string>
#include <vector>

#include "core/kube/workloads/pod.h"
#include "core/tekton/task_run.h"

namespace cerebral::tekton {

struct Interval {
    WallTime start{};
    std::optional<WallTime> end;  ///< absent while it goes on
};

struct StepTiming {
    std::string name;
    std::string container;
    StepState state = StepState::Waiting;
    /// All containers of a task pod start at once; a step waits for its predecessor inside its container.
    /// Tekton counts startedAt from there.
    std::optional<Interval> running;
};

struct TaskTiming {
    std::optional<Interval> queued;
    std::optional<Interval> pulling;
    std::optional<Interval> running;  ///< first step's start to the last one's end
    std::vector<StepTiming> steps;
};

/// `pod` may be null (not at hand, pruned): queued then ends where the first step began, if known, and pulling is
/// absent.
[[nodiscard]] TaskTiming taskTiming(const TaskRun& taskRun, const kube::Pod* pod);
/// One earlier attempt; `pod` as above.
[[nodiscard]] TaskTiming attemptTiming(const RetriedAttempt& attempt, const kube::Pod* pod);
/// When room for its pod was found, of a task that had to wait for it, as under a full quota; nothing when it had
/// not, or its pod is not at hand.
[[nodiscard]] std::optional<WallTime> foundRoomAt(const TaskRun& taskRun, const kube::Pod* pod);

}  // namespace cerebral::tekton
