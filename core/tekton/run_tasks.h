#pragma once
/// @file RunTask: one task of a run, joined from the run's spec and status and its TaskRuns.

#include <optional>
#include <string>
#include <vector>

#include "core/kube/store.h"
#include "core/kube/workloads/pod.h"
#include "core/tekton/pipeline_run.h"
#include "core/tekton/stuck.h"
#include "core/tekton/task_run.h"

namespace cerebral::tekton {

struct RunTask {
    std::string name;
    std::vector<std::string> after;
    bool finally = false;
    bool matrix = false;
    TaskState state = TaskState::Waiting;
    std::string skipReason;
    int allowedRetries = 0;
    /// Names from childReferences: the children of a matrix in the server's order, else at most one.
    std::vector<std::string> children;
    /// Those of the children that are at hand, in the same order.
    std::vector<kube::ObjectPtr<TaskRun>> taskRuns;
    std::optional<WallTime> start, end;  ///< earliest attempt's start, latest end when finished
    std::optional<Stuck> stuck;          ///< the first obstacle among its children
    kube::ObjectPtr<TaskRun> stuckTaskRun;

    /// `state` was proven from the run alone (a dependent task began, the run's counts), no TaskRun being at hand.
    bool deduced = false;
    /// Neither the run nor a TaskRun at hand says what it is doing.
    bool unknown = false;
};

/// In the order of the spec, `finally` last. `taskRuns` and `pods` may hold those of other runs: the uid label,
/// or the name where the server sets none, decides. CustomRuns and child PipelineRuns appear as children without
/// TaskRun. Without pods, what only pods tell of being stuck is missed.
[[nodiscard]] std::vector<RunTask> runTasks(const PipelineRun& run,
                                            const std::vector<kube::ObjectPtr<TaskRun>>& taskRuns,
                                            const std::vector<kube::ObjectPtr<kube::Pod>>& pods = {});

/// The TaskRun belongs to this very run, not to an earlier one of the same name.
[[nodiscard]] bool belongsTo(const TaskRun& taskRun, const PipelineRun& run);

/// The run's state with what only TaskRuns tell: Stuck while one of its tasks is.
[[nodiscard]] RunState runStateWith(const PipelineRun& run, const std::vector<RunTask>& tasks);

}  // namespace cerebral::tekton
