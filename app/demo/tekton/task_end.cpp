// Tasks that are stopped from outside, and the last task of a run: the rollout.
#include <nlohmann/json.hpp>

#include "app/demo/tekton/run_simulation.h"
#include "app/demo/workloads/rollout_status.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

}  // namespace

void RunSimulation::stopTask(std::size_t index, std::string_view reason, const std::string& message,
                             std::string_view statusMessage) {
    Task& task = tasks_[index];
    const std::string now = world_.timestamp();
    if (!statusMessage.empty()) {
        (void)world_.store.update(kindNamed("TaskRun"), run_->ns, task.instance.taskRun, [&](Json& tree) {
            tree["spec"]["status"] = "TaskRunCancelled";
            tree["spec"]["statusMessage"] = statusMessage;
            return true;
        });
    }
    const auto stopped = world_.store.update(kindNamed("TaskRun"), run_->ns, task.instance.taskRun, [&](Json& tree) {
        Json& status = tree["status"];
        if (!status.is_object()) status = Json::object();
        status["conditions"] = succeededCondition("False", reason, message, now);
        status["startTime"] = task.startTime;
        status["completionTime"] = now;
        if (!status.contains("steps")) return true;
        for (Json& step : status["steps"]) {
            const Json started = step.contains("running") ? step["running"]["startedAt"] : Json(task.startTime);
            step.erase("running");
            step.erase("waiting");
            step["terminated"] = {{"exitCode", 1},
                                  {"reason", reason},
                                  {"startedAt", started},
                                  {"finishedAt", now},
                                  {"message", "Step " + task.instance.step() + " terminated as pod " +
                                                  task.instance.pod + " is terminated"}};
            step["terminationReason"] = reason;
        }
        return true;
    });
    if (stopped) world_.events.record(**stopped, {EventType::Warning, "Failed", message, "TaskRun"});
    if (const ObjectPtr pod = podObject(index)) {
        world_.events.record(*pod, {EventType::Normal, "Killing", "Stopping container " + task.instance.container(),
                                    "kubelet", "spec.containers{" + task.instance.container() + "}"});
        world_.logs.close(pod->uid, task.instance.container());
        (void)world_.store.remove(*pod->kind, pod->ns, pod->name);
    }
}

void RunSimulation::deploy(std::size_t index) {
    const std::string name = param("deployment"),
                      ns = param("deploy-namespace").empty() ? std::string(kPlatformNs) : param("deploy-namespace");
    std::string digest;
    for (const Task& task : tasks_) {
        for (const Json& result : task.results) {
            if (result.value("name", "") == "image-digest") digest = result.value("value", "");
        }
    }
    const auto updated = world_.store.update(kindNamed("Deployment"), ns, name, [&](Json& tree) {
        for (Json& container : tree["spec"]["template"]["spec"]["containers"])
            container["image"] = facts_.image + "@" + digest;
        if (scenario_ == Scenario::BadRollout)
            tree["spec"]["template"]["metadata"]["annotations"]["demo.cerebral.baerautotech.com/never-ready"] =
                "true";
        else if (tree["spec"]["template"]["metadata"].contains("annotations"))
            tree["spec"]["template"]["metadata"]["annotations"].erase("demo.cerebral.baerautotech.com/never-ready");
        return true;
    });
    if (!updated) {
        log(index, "Error from server (NotFound): deployments.apps \"" + name + "\" not found");
        return thenDo(300ms, [this, index] { endStep(index, 1); });
    }
    log(index, "deployment.apps/" + name + " image updated");
    thenDo(400ms, [this, index] { followRollout(index, "", 0); });
}

void RunSimulation::followRollout(std::size_t index, std::string lastLine, int polls) {
    const std::string name = param("deployment"),
                      ns = param("deploy-namespace").empty() ? std::string(kPlatformNs) : param("deploy-namespace");
    const ObjectPtr deployment = world_.store.find(kindNamed("Deployment"), ns, name);
    const RolloutStatus status =
        deployment ? rolloutStatus(deployment->parse()) : RolloutStatus{"error: deployment not found", false, true};
    if (status.message != lastLine) log(index, status.message);
    if (status.done || status.failed)
        return thenDo(500ms, [this, index, failed = status.failed] { endStep(index, failed ? 1 : 0); });
    constexpr int kPolls = 240;  // --timeout=120s, asked twice a second
    if (polls >= kPolls) {
        log(index, "error: timed out waiting for the condition");
        return thenDo(300ms, [this, index] { endStep(index, 1); });
    }
    thenDo(500ms, [this, index, line = status.message, polls] { followRollout(index, line, polls + 1); });
}

}  // namespace cerebral::demo
