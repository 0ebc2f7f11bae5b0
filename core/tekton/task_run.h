#pragma once
/// @file TaskRun (tekton.dev/v1) as this product uses it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tekton/pipeline_run.h"
#include "core/tekton/task_state.h"

namespace cerebral::tekton {

/// Labels Tekton sets (pkg/apis/pipeline/register.go).
inline constexpr std::string_view kPipelineRunLabel = "tekton.dev/pipelineRun";
inline constexpr std::string_view kPipelineRunUidLabel = "tekton.dev/pipelineRunUID";
inline constexpr std::string_view kPipelineTaskLabel = "tekton.dev/pipelineTask";
inline constexpr std::string_view kTaskRunLabel = "tekton.dev/taskRun";
inline constexpr std::string_view kMemberOfLabel = "tekton.dev/memberOf";

struct Step {
    std::string name;
    std::string container;  ///< "step-build"; derived from the name until the status says it
    std::string image;      ///< of the task's spec
    std::string imageId;
    std::optional<WallTime> startedAt;
    std::optional<WallTime> finishedAt;
    std::optional<int> exitCode;  ///< of a terminated step
    std::string reason;           ///< container's: "Completed", "Error", "OOMKilled"; waiting: "PodInitializing"
    std::string message;          ///< of a waiting step
    std::string
        terminationReason;  ///< Tekton's: Completed, Error, Continued, Skipped, TimeoutExceeded, TaskRunTimeout…

    [[nodiscard]] StepState state() const noexcept;
};

/// An attempt that failed and was repeated (status.retriesStatus), oldest first.
struct RetriedAttempt {
    std::string podName;
    ConditionStatus condition = ConditionStatus::Missing;
    std::string reason;
    std::string message;
    std::optional<WallTime> startTime;
    std::optional<WallTime> completionTime;
    std::vector<Step> steps;
};

struct TaskRun {
    kube::ObjectMeta meta;

    std::string taskName;    ///< taskRef; empty for an embedded task
    std::string specStatus;  ///< the user's wish: TaskRunCancelled, TaskRunPending
    std::string serviceAccount;
    std::vector<Param> params;
    std::string timeout;  ///< as written: "1h0m0s"

    ConditionStatus condition = ConditionStatus::Missing;
    std::string reason;
    std::string message;
    std::optional<WallTime> conditionSince;  ///< lastTransitionTime of the condition
    std::optional<WallTime> startTime;
    std::optional<WallTime> completionTime;
    std::string podName;      ///< of the last attempt
    std::vector<Step> steps;  ///< in the order of the task's spec
    std::vector<Step> sidecars;
    std::vector<RetriedAttempt> retries;
    std::vector<Param> results;

    [[nodiscard]] TaskState state() const noexcept { return classifyTask(condition, reason, specStatus); }
    [[nodiscard]] std::string pipelineRunName() const { return meta.label(kPipelineRunLabel); }
    [[nodiscard]] std::string pipelineRunUid() const { return meta.label(kPipelineRunUidLabel); }
    [[nodiscard]] std::string pipelineTaskName() const { return meta.label(kPipelineTaskLabel); }
    [[nodiscard]] bool isFinally() const { return meta.label(kMemberOfLabel) == "finally"; }
    [[nodiscard]] std::string result(std::string_view name) const;
    /// The first step that failed the task; null when none did.
    [[nodiscard]] const Step* failedStep() const noexcept;
    /// Pods of every attempt, oldest first.
    [[nodiscard]] std::vector<std::string> podNames() const;
};

}  // namespace cerebral::tekton
