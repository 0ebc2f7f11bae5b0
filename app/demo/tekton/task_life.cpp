// One task of a run: its TaskRun and pod, attempt by attempt. The kubelet's and Tekton's part.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/demo/registry/image_registry.h"
#include "app/demo/store/identity.h"
#include "app/demo/tekton/run_simulation.h"
#include "app/demo/workloads/rollout_status.h"
#include "core/base/digest.h"
#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kBuildTask = "kaniko-build-task";
constexpr std::string_view kCloneTask = "git-clone-task";
constexpr std::string_view kDeployTask = "deploy-task";

std::string stripRegistry(const std::string& reference) {
    const std::size_t slash = reference.find('/');
    const std::string_view host(reference.data(), slash == std::string::npos ? 0 : slash);
    return host.find_first_of(".:") != std::string_view::npos ? reference.substr(slash + 1) : reference;
}

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
            Json step = stepState(task.instance, pod->parse());
            // The entrypoint's own entry is not a result.
            if (step.contains("terminated") && step["terminated"].contains("message")) {
                const Json entries = Json::parse(step["terminated"]["message"].get<std::string>(), nullptr, false);
                Json results = Json::array();
                if (entries.is_array()) {
                    for (const Json& entry : entries) {
                        if (entry.value("type", 0) == 1) results.push_back(entry);
                    }
                }
                if (results.empty())
                    step["terminated"].erase("message");
                else
                    step["terminated"]["message"] = results.dump();
            }
            out["steps"] = Json::array({std::move(step)});
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
            const std::string time = std::to_string(pull.count()) + "ms";
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

void RunSimulation::runStep(std::size_t index) {
    Task& task = tasks_[index];
    const Scenario scenario = scenarioFor(task);
    world_.logs.open(podUid(index), task.instance.container());
    updatePod(index, [&](Json& tree) {
        podRunning(tree, world_.timestamp());
        podReadyAnnotation(tree);
        return true;
    });
    setTaskCondition(index, "Unknown", "Running", "Not all Steps in the Task have finished executing", false);
    if (task.instance.task == kDeployTask) return then(draw(800, 1'800), &RunSimulation::deploy, index);
    if (task.instance.task == kCloneTask) {
        const auto duration = draw(4'000, 9'000);
        writeLog(index, cloneLog(facts_), duration);
        task.results = Json::array({{{"name", "commit"}, {"value", facts_.commit}}});
        return thenDo(duration, [this, index] { endStep(index, 0); });
    }
    if (task.instance.task != kBuildTask) return thenDo(draw(3'000, 8'000), [this, index] { endStep(index, 0); });

    const bool endsEarly =
        scenario == Scenario::Flaky || scenario == Scenario::CompileFailure || scenario == Scenario::TestFailure;
    const auto duration = endsEarly ? draw(30'000, 60'000) : draw(95'000, 150'000);
    const bool pushes = scenario == Scenario::Success || scenario == Scenario::BadRollout;
    if (pushes) {
        // The image is made now, so that the log can name its digest; its tag moves at the end.
        thenDo(duration * 98 / 100, [this, index] {
            const std::string base = stripRegistry(facts_.baseImage);
            ServiceImage image{param("image-name"), param("image-tag"), base, facts_.commit, world_.store.now()};
            std::string digest = world_.registry.pushService(image);
            if (digest.empty()) {
                image.baseReference = "cerebral/ai-base:cpu";
                digest = world_.registry.pushService(image);
            }
            facts_.digest = digest;
            tasks_[index].results = Json::array(
                {{{"name", "image-digest"}, {"value", digest}}, {{"name", "image-url"}, {"value", facts_.image}}});
            writeLog(index, {kanikoLog(facts_, Scenario::Success).back()}, 0ms);
        });
    }
    std::vector<LogLine> lines = kanikoLog(facts_, scenario);
    if (pushes) lines.pop_back();  // "Pushed" names the digest, written when there is one
    writeLog(index, lines, duration);
    if (scenario == Scenario::Timeout) return;  // until the run's own timeout
    thenDo(duration, [this, index, pushes] { endStep(index, pushes ? 0 : 1); });
}

void RunSimulation::log(std::size_t index, std::string line) {
    world_.logs.append(podUid(index), tasks_[index].instance.container(), world_.store.now(), std::move(line));
}

void RunSimulation::writeLog(std::size_t index, const std::vector<LogLine>& lines,
                             std::chrono::milliseconds duration) {
    for (const LogLine& line : lines) {
        const auto at =
            std::chrono::milliseconds(static_cast<std::int64_t>(line.at * static_cast<double>(duration.count())));
        thenDo(at, [this, index, text = line.text] { log(index, text); });
    }
}

void RunSimulation::endStep(std::size_t index, int exitCode) {
    Task& task = tasks_[index];
    const ObjectPtr pod = podObject(index);
    if (!pod) return;
    Json entries = Json::array();
    if (exitCode == 0) {
        for (const Json& result : task.results)
            entries.push_back({{"key", result["name"]}, {"value", result["value"]}, {"type", 1}});
    } else {
        task.results = Json::array();
    }
    entries.push_back({{"key", "StartedAt"}, {"value", formatRfc3339Millis(world_.store.now())}, {"type", 3}});
    updatePod(index, [&](Json& tree) {
        podTerminated(tree, world_.timestamp(), exitCode, entries.dump());
        return true;
    });
    world_.logs.close(pod->uid, task.instance.container());
    if (exitCode == 0) {
        task.state = TaskState::Succeeded;
        setTaskCondition(index, "True", "Succeeded", "All Steps have completed executing", true);
        return taskEnded(index);
    }
    const std::string message =
        "\"" + task.instance.container() + "\" exited with code " + std::to_string(exitCode) + ": Error";
    if (task.attempt < task.instance.retries) return retryTask(index);
    task.state = TaskState::Failed;
    setTaskCondition(index, "False", "Failed", message, true);
    taskEnded(index);
}

void RunSimulation::retryTask(std::size_t index) {
    Task& task = tasks_[index];
    const std::string message = "\"" + task.instance.container() + "\" exited with code 1: Error";
    setTaskCondition(index, "Unknown", "ToBeRetried", message, false);
    const ObjectPtr taskRun = taskRunObject(index);
    if (!taskRun) return;
    Json status = taskRun->parse()["status"];
    const std::string now = world_.timestamp();
    status["conditions"] = succeededCondition("False", "Failed", message, now);
    status["completionTime"] = now;
    status["artifacts"] = Json::object();
    status.erase("retriesStatus");
    task.retriesStatus.push_back(std::move(status));
    ++task.attempt;
    task.instance.pod = task.instance.taskRun + "-pod-retry" + std::to_string(task.attempt);
    task.startTime = now;
    (void)world_.store.update(kindNamed("TaskRun"), run_->ns, task.instance.taskRun, [&](Json& tree) {
        tree["status"].erase("podName");
        tree["status"].erase("steps");
        return true;
    });
    then(draw(800, 1'500), &RunSimulation::makePod, index);
}

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
    setTaskCondition(index, "False", reason, message, false);
    (void)world_.store.update(kindNamed("TaskRun"), run_->ns, task.instance.taskRun, [&](Json& tree) {
        tree["status"]["completionTime"] = now;
        if (!tree["status"].contains("steps")) return true;
        for (Json& step : tree["status"]["steps"]) {
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
