#pragma once
/// @file PipelineRun (tekton.dev/v1) as this product uses it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/shared_list.h"
#include "core/kube/object_meta.h"
#include "core/tekton/pipeline_spec.h"
#include "core/tekton/run_state.h"

namespace cerebral::tekton {

struct Param {
    std::string name;
    std::string value;  ///< arrays and objects as compact JSON
};

struct ChildReference {
    std::string kind;              ///< "TaskRun", "CustomRun" or "PipelineRun"
    std::string name;              ///< never constructed by us: long names are hashed by Tekton
    std::string pipelineTaskName;  ///< shared by the children of a matrix
};

struct SkippedTask {
    std::string name;
    std::string reason;
};

/// Counts out of the condition message, in every spelling of it ("Tasks Completed: 3 (Failed: 0,
/// Cancelled 0), Skipped: 0", "… (Failed: 1 (Ignored: 1), …), Incomplete: 2, Skipped: 0"). No TaskRun is needed.
struct TaskProgress {
    int completed = 0;
    int failed = 0;   ///< ignored ones included
    int ignored = 0;  ///< failed under `onError: continue`: the run went on
    int failedValidation = 0;
    int cancelled = 0;
    int incomplete = 0;
    int skipped = 0;
};
[[nodiscard]] std::optional<TaskProgress> parseTaskProgress(std::string_view conditionMessage);

struct PipelineRun {
    kube::ObjectMeta meta;

    std::string pipelineName;
    std::string serviceAccount;  ///< whose rights the run's pods have
    std::string
        specStatus;  ///< the user's wish: Cancelled, CancelledRunFinally, StoppedRunFinally, PipelineRunPending
    kube::PackedPairs params;  ///< arrays and objects as compact JSON

    ConditionStatus condition = ConditionStatus::Missing;
    std::string reason;
    std::string message;
    std::optional<WallTime> startTime;
    std::optional<WallTime> completionTime;
    std::vector<ChildReference> children;
    std::vector<SkippedTask> skipped;
    kube::PackedPairs results;
    /// Names of the pipeline's tasks in the order of the spec, `finally` last.
    SharedList<std::string> pipelineTasks;
    /// The same tasks as a graph; from status.pipelineSpec, which has parameters filled in, once it is there.
    SharedList<PipelineTask> tasks;

    [[nodiscard]] RunState state() const noexcept { return classifyRun(condition, reason, specStatus); }
    [[nodiscard]] std::optional<TaskProgress> progress() const { return parseTaskProgress(message); }
    /// Empty when absent.
    [[nodiscard]] std::string param(std::string_view name) const;
    [[nodiscard]] std::string result(std::string_view name) const;
};

}  // namespace cerebral::tekton
