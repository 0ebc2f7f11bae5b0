// One task of a run: its TaskRun and pod, attempt by attempt. The kubelet's and Tekton's part.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/demo/store/identity.h"
#include "app/demo/tekton/run_simulation.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

}  // namespace

Scenario RunSimulation::scenarioFor(const Task& task) const {
    const bool build = task.instance.task == kBuildTask;
    switch (scenario_) {
        case Scenario::Flaky:
            return build && task.attempt == 0 ? Scenario::Flaky : Scenario::Success;
        case Scenario::StuckOnQuota:
        case Scenario::StuckOnNode:
            return build && task.attempt == 0 ? scenario_ : Scenario::Success;
        default:
            return build ? scenario_ : Scenario::Success;
    }
}

ObjectPtr RunSimulation::taskRunObject(std::size_t index) const {
    return world_.store.find(kindNamed("TaskRun"), run_->ns, tasks_[index].instance.taskRun);
}

ObjectPtr RunSimulation::podObject(std::size_t index) const {
    return world_.store.find(kindNamed("Pod"), run_->ns, tasks_[index].instance.pod);
}

std::string RunSimulation::podUid(std::size_t index) const {
    const ObjectPtr pod = podObject(index);
    return pod ? pod->uid : std::string();
}

void RunSimulation::beginTask(std::size_t index) {
    Task& task = tasks_[index];
    TaskInstance& instance = task.instance;
    task.state = TaskState::Running;
    instance.params = fillInAll(task.pipelineTask.value("params", Json::array()));
    // The Task's own parameters, filled into its spec.
    Json given = Json::object();
    for (const Json& declared : instance.taskSpec.value("params", Json::array())) {
        if (declared.contains("default")) given[declared.value("name", "")] = declared["default"];
    }
    for (const Json& one : instance.params) given[one.value("name", "")] = one.value("value", Json(""));
    std::string text = instance.taskSpec["steps"].dump();
    for (const auto& [name, value] : given.items()) {
        if (!value.is_string()) continue;
        const std::string escaped = value.dump();
        const std::string what = "$(params." + name + ")", with = escaped.substr(1, escaped.size() - 2);
        for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
            text.replace(at, what.size(), with);
    }
    for (const auto& [what, with] :
         {std::pair<std::string, std::string>("$(workspaces.source.path)", "/workspace/source"),
          {"$(results.commit.path)", "/tekton/results/commit"},
          {"$(results.image-digest.path)", "/tekton/results/image-digest"},
          {"$(results.image-url.path)", "/tekton/results/image-url"}}) {
        for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
            text.replace(at, what.size(), with);
    }
    instance.taskSpec["steps"] = Json::parse(text);

    const auto created = world_.store.create(kindNamed("TaskRun"), makeTaskRun(instance));
    if (!created) return;
    instance.taskRunUid = (*created)->uid;
    task.startTime = world_.timestamp();
    world_.events.record(**created, {EventType::Normal, "Started", "", "TaskRun"});
    then(150ms, &RunSimulation::makePod, index);
}

void RunSimulation::setTaskCondition(std::size_t index, std::string_view status, std::string_view reason,
                                     const std::string& message, bool ended) {
    const Task& task = tasks_[index];
    const std::string now = world_.timestamp();
    const ObjectPtr pod = podObject(index);
    const auto updated = world_.store.update(kindNamed("TaskRun"), run_->ns, task.instance.taskRun, [&](Json& tree) {
        Json& out = tree["status"];
        if (!out.is_object()) out = Json::object();
        out["conditions"] = succeededCondition(status, reason, message, now);
        out["startTime"] = task.startTime;
        out["taskSpec"] = task.instance.taskSpec;
        out["provenance"] = provenance();
        if (pod) {
            out["podName"] = task.instance.pod;
            out["steps"] = Json::array({taskRunStep(task.instance, pod->parse())});
        }
        if (!task.retriesStatus.empty()) out["retriesStatus"] = task.retriesStatus;
        if (ended) {
            out["completionTime"] = now;
            out["artifacts"] = Json::object();
            Json results = Json::array();
            for (const Json& result : task.results)
                results.push_back({{"name", result["name"]}, {"type", "string"}, {"value", result["value"]}});
            if (!results.empty()) out["results"] = std::move(results);
        }
        return true;
    });
    if (!updated) return;
    world_.events.record(**updated, {status == "False" ? EventType::Warning : EventType::Normal,
                                     status == "False" ? "Failed" : reason, message, "TaskRun"});
}

void RunSimulation::updatePod(std::size_t index, const Edit& edit) {
    (void)world_.store.update(kindNamed("Pod"), run_->ns, tasks_[index].instance.pod, edit);
}

void RunSimulation::makePod(std::size_t index) {
    Task& task = tasks_[index];
    if (scenarioFor(task) == Scenario::StuckOnQuota) {
        setTaskCondition(index, "Unknown", "ExceededResourceQuota",
                         "TaskRun Pod exceeded available resources: pods \"" + task.instance.pod +
                             "\" is forbidden: exceeded quota: build-quota, requested: limits.memory=8Gi, used: "
                             "limits.memory=28Gi, limited: limits.memory=32Gi",
                         false);
        ++task.attempt;  // when the quota is free again, the pod is made
        return then(draw(1'400'000, 1'600'000), &RunSimulation::makePod, index);
    }
    const auto created = world_.store.create(kindNamed("Pod"), makeTaskPod(task.instance));
    if (!created) return;
    setTaskCondition(index, "Unknown", "Pending", "Pending", false);
    then(draw(150, 400), &RunSimulation::schedulePod, index);
}

void RunSimulation::schedulePod(std::size_t index) {
    Task& task = tasks_[index];
    const ObjectPtr pod = podObject(index);
    if (!pod) return;
    if (scenarioFor(task) == Scenario::StuckOnNode) {
        const std::string why =
            "0/1 nodes are available: 1 Insufficient memory. no new claims to deallocate, preemption: 0/1 nodes are "
            "available: 1 Preemption is not helpful for scheduling.";
        updatePod(index, [&](Json& tree) {
            podUnschedulable(tree, world_.timestamp(), why);
            return true;
        });
        world_.events.record(*pod, {EventType::Warning, "FailedScheduling", why, "default-scheduler"});
        setTaskCondition(index, "Unknown", "ExceededNodeResources", "TaskRun Pod exceeded available resources",
                         false);
        world_.events.record(*taskRunObject(index),
                             {EventType::Warning, "ExceededNodeResources",
                              "Insufficient resources to schedule pod \"" + task.instance.pod + "\"", "TaskRun"});
        ++task.attempt;
        return then(draw(1'400'000, 1'600'000), &RunSimulation::schedulePod, index);
    }
    updatePod(index, [&](Json& tree) {
        podScheduled(tree, world_.timestamp());
        return true;
    });
    world_.events.record(
        *pod, {EventType::Normal, "Scheduled", "Successfully assigned " + pod->key() + " to " + std::string(kNode),
               "default-scheduler"});
    thenDo(draw(100, 300), [this, index] {
        updatePod(index, [&](Json& tree) {
            podAccepted(tree, world_.timestamp());
            return true;
        });
        setTaskCondition(index, "Unknown", "Pending",
                         "pod status \"PodReadyToStartContainers\":\"False\"; message: \"\"", false);
    });
    thenDo(draw(1'200, 2'600), [this, index] {
        const ObjectPtr now = podObject(index);
        if (!now) return;
        const Json tree = now->parse();
        for (const Json& init : tree["spec"]["initContainers"]) {
            const std::string name = init.value("name", "");
            const std::string path = "spec.initContainers{" + name + "}";
            world_.events.record(
                *now,
                {EventType::Normal, "Pulled",
                 "Container image \"" + init.value("image", "") + "\" already present on machine", "kubelet", path});
            world_.events.record(*now, {EventType::Normal, "Created", "Created container: " + name, "kubelet", path});
            world_.events.record(*now, {EventType::Normal, "Started", "Started container " + name, "kubelet", path});
        }
        updatePod(index, [&](Json& object) {
            podInitialized(object, world_.timestamp());
            return true;
        });
        const std::string image = tasks_[index].instance.image();
        const std::string path = "spec.containers{" + tasks_[index].instance.container() + "}";
        setTaskCondition(index, "Unknown", "Pending",
                         "pod status \"Ready\":\"False\"; message: \"containers with unready status: [" +
                             tasks_[index].instance.container() + "]\"",
                         false);
        world_.events.record(*now,
                             {EventType::Normal, "Pulling", "Pulling image \"" + image + "\"", "kubelet", path});
        if (scenarioFor(tasks_[index]) == Scenario::ImagePullError)
            return thenDo(draw(1'000, 2'000), [this, index] { failPull(index, 0); });
        const auto pull = draw(800, 5'000);
        thenDo(pull, [this, index, image, path, pull] {
            const ObjectPtr pulled = podObject(index);
            if (!pulled) return;
            const std::string time = world_.lasting(pull);
            world_.events.record(*pulled, {EventType::Normal, "Pulled",
                                           "Successfully pulled image \"" + image + "\" in " + time + " (" + time +
                                               " including waiting). Image size: 19179095 bytes.",
                                           "kubelet", path});
            world_.events.record(
                *pulled, {EventType::Normal, "Created", "Created container: " + tasks_[index].instance.container(),
                          "kubelet", path});
            world_.events.record(
                *pulled, {EventType::Normal, "Started", "Started container " + tasks_[index].instance.container(),
                          "kubelet", path});
            runStep(index);
        });
    });
}

void RunSimulation::failPull(std::size_t index, int round) {
    const ObjectPtr pod = podObject(index);
    if (!pod) return;
    const TaskInstance& instance = tasks_[index].instance;
    const std::string image = instance.image(), path = "spec.containers{" + instance.container() + "}";
    const std::string why = "rpc error: code = NotFound desc = failed to pull and unpack image \"" + image +
                            "\": failed to resolve reference \"" + image + "\": " + image + ": not found";
    const std::string backOff = "Back-off pulling image \"" + image + "\": ErrImagePull: " + why;
    if (round % 2 == 0) {
        world_.events.record(
            *pod, {EventType::Warning, "Failed", "Failed to pull image \"" + image + "\": " + why, "kubelet", path});
        world_.events.record(*pod, {EventType::Warning, "Failed", "Error: ErrImagePull", "kubelet", path});
    } else {
        world_.events.record(
            *pod, {EventType::Normal, "BackOff", "Back-off pulling image \"" + image + "\"", "kubelet", path});
        world_.events.record(*pod, {EventType::Warning, "Failed", "Error: ImagePullBackOff", "kubelet", path});
    }
    updatePod(index, [&](Json& tree) {
        podWaiting(tree, round % 2 == 0 ? "ErrImagePull" : "ImagePullBackOff", round % 2 == 0 ? why : backOff);
        return true;
    });
    setTaskCondition(index, "Unknown", "PullImageFailed",
                     "build step \"" + instance.container() + "\" is pending with reason \"" +
                         (round % 2 == 0 ? why : backOff) + "\"",
                     false);
    constexpr int kRounds = 6;
    if (round < kRounds) return thenDo(draw(8'000, 20'000), [this, index, round] { failPull(index, round + 1); });
    stopTask(index, "TaskRunImagePullFailed",
             "the step \"" + instance.step() + "\" in TaskRun \"" + instance.taskRun +
                 "\" failed to pull the image \"\". The pod errored with the message: \"" + backOff + ".\"",
             "");
    tasks_[index].state = TaskState::Failed;
    taskEnded(index);
}

}  // namespace cerebral::demo
