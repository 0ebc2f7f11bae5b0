#include "core/journey/service_journey.h"

#include <algorithm>

#include "core/journey/push_identity.h"
#include "core/tekton/run_labels.h"

namespace cerebral::journey {
namespace {

const tekton::RunTask* find(const std::vector<tekton::RunTask>& tasks, std::string_view name) {
    const auto it = std::find_if(tasks.begin(), tasks.end(), [&](const auto& task) { return task.name == name; });
    return it == tasks.end() ? nullptr : &*it;
}

std::string imageOf(const tekton::PipelineRun& run) {
    if (std::string url = run.result("image-url"); !url.empty()) return url;
    if (std::string image = run.param("image"); !image.empty()) return image;
    const std::string name = run.param("image-name");
    const std::string tag = run.param("image-tag");
    const std::string registry = run.param("registry");
    if (name.empty() || tag.empty() || registry.empty()) return {};
    return registry + "/" + name + ":" + tag;
}

std::string digestOf(const tekton::PipelineRun& run, const tekton::RunTask* imageTask) {
    if (std::string digest = run.result("image-digest"); !digest.empty()) return digest;
    if (imageTask == nullptr) return {};
    for (const auto& taskRun : imageTask->taskRuns) {
        if (std::string digest = taskRun->result("image-digest"); !digest.empty()) return digest;
    }
    return {};
}

void describeSuperseding(const RunContext& context, ServiceJourney& journey) {
    const std::string by = context.run.meta.annotation(tekton::labels::kSupersededBy);
    const bool cancelled =
        journey.runState == tekton::RunState::Cancelled || journey.runState == tekton::RunState::Cancelling;
    if (by.empty() || !cancelled) return;
    Replacement replacement;
    if (auto known = context.named(by)) {
        replacement.commit = std::move(known->commit);
        replacement.pushKey = std::move(known->pushKey);
    }
    replacement.at = context.run.completionTime;
    journey.supersededBy = std::move(replacement);
}

}  // namespace

ObjectRef refTo(const tekton::PipelineRun& run) {
    return {"PipelineRun", run.meta.ns, run.meta.name};
}

void noteStuck(ServiceJourney& journey, StuckPoint stuck) {
    if (!journey.stuck) journey.stuck = std::move(stuck);
}

ServiceJourney describeJourney(const RunContext& context) {
    const tekton::PipelineRun& run = context.run;
    const auto tasks = tekton::runTasks(run, context.taskRuns, context.taskPods);
    ServiceJourney journey;
    journey.service = serviceOf(run);
    journey.run = context.self;
    journey.runUid = run.meta.uid;
    journey.runState = tekton::runStateWith(run, tasks);
    journey.runCreated = run.meta.creationTimestamp;
    journey.mayDeploy = run.param("deploy") != "false";
    journey.image = imageOf(run);
    journey.digest = digestOf(run, find(tasks, context.rules.imageTask));
    journey.deployment = deploymentOf(run, context.rules);
    describeRun(context, tasks, journey);
    describeRollout(context, find(tasks, context.rules.deployTask), journey);
    settleStop(context, tasks, journey);
    describeSuperseding(context, journey);
    return journey;
}

}  // namespace cerebral::journey
