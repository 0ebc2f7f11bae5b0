#pragma once
/// @file How one run became, or becomes, pods: the parts out of which PushBook makes a ServiceJourney.
/// Private to core/journey.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/journey/journey.h"
#include "core/journey/push_book.h"
#include "core/tekton/run_tasks.h"

namespace cerebral::journey {

/// A Deployment with what it owns.
struct RolloutView {
    kube::ObjectPtr<kube::Deployment> deployment;
    std::vector<kube::ObjectPtr<kube::ReplicaSet>> replicaSets;  ///< by revision, oldest first
    std::vector<kube::ObjectPtr<kube::Pod>> pods;
};

/// Another run that is known here.
struct KnownRun {
    std::string commit;
    std::string pushKey;
};

struct RunContext {
    const tekton::PipelineRun& run;
    ObjectRef self;  ///< the run
    const JourneyRules& rules;
    std::vector<kube::ObjectPtr<tekton::TaskRun>> taskRuns;
    std::vector<kube::ObjectPtr<kube::Pod>> taskPods;
    const RolloutView* rollout = nullptr;  ///< null: the Deployment is not known
    /// The run that made an image for the same Deployment.
    std::function<std::optional<KnownRun>(std::string_view digest)> madeImage;
    /// A run of the same namespace.
    std::function<std::optional<KnownRun>(std::string_view name)> named;
};

[[nodiscard]] ServiceJourney describeJourney(const RunContext& context);

// ---- its parts, in the order in which they are called ----

/// Received, Clone, Build, Image; failure and what is stuck in tasks. `tasks` are the run's.
void describeRun(const RunContext& context, const std::vector<tekton::RunTask>& tasks, ServiceJourney& journey);
/// Rollout and Live; what took its place. `deploy` is null when the pipeline has no such task.
void describeRollout(const RunContext& context, const tekton::RunTask* deploy, ServiceJourney& journey);
/// A run that ended badly without any stage saying so: the stage it had come to stopped.
void settleStop(const RunContext& context, const std::vector<tekton::RunTask>& tasks, ServiceJourney& journey);

/// The stage that one task is. `task` is null when the pipeline has none of that name.
[[nodiscard]] StageStatus stageOfTask(const RunContext& context, const tekton::RunTask* task, std::string_view name);
[[nodiscard]] ObjectRef refTo(const tekton::PipelineRun& run);
/// Keeps the first obstacle.
void noteStuck(ServiceJourney& journey, StuckPoint stuck);

}  // namespace cerebral::journey
