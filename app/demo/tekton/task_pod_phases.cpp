// The pod of a task, phase by phase, as a kubelet writes it, and what its TaskRun says of it.
#include <nlohmann/json.hpp>

#include "app/demo/sim/world.h"
#include "app/demo/store/identity.h"
#include "app/demo/tekton/task_objects.h"
#include "core/base/digest.h"

namespace cerebral::demo {
namespace {

constexpr std::string_view kNodeAddress = "10.88.0.1";

Json condition(std::string_view type, bool status, std::string_view now, std::string_view reason = {},
               std::string_view message = {}) {
    Json result = {{"type", type},
                   {"status", status ? "True" : "False"},
                   {"observedGeneration", 1},
                   {"lastProbeTime", nullptr},
                   {"lastTransitionTime", now}};
    if (!reason.empty()) result["reason"] = reason;
    if (!message.empty()) result["message"] = message;
    return result;
}

/// Sets the conditions, keeping the time of those whose status has not changed.
void setConditions(Json& pod, std::initializer_list<Json> conditions) {
    const Json before = pod["status"].value("conditions", Json::array());
    Json after = Json::array();
    for (Json next : conditions) {
        for (const Json& old : before) {
            if (old["type"] == next["type"] && old["status"] == next["status"])
                next["lastTransitionTime"] = old["lastTransitionTime"];
        }
        after.push_back(std::move(next));
    }
    pod["status"]["conditions"] = std::move(after);
}

std::string listed(const Json& containers) {
    std::string text = "[";
    for (const Json& container : containers) text += (text.size() > 1 ? " " : "") + container.value("name", "");
    return text + "]";
}

std::string containerId(const Json& pod, std::string_view container) {
    return "containerd://" +
           sha256Hex(pod["metadata"].value("uid", pod["metadata"].value("name", "")) + std::string(container));
}

Json mountsSeen(const Json& container) {
    Json mounts = Json::array();
    for (Json mount : container.value("volumeMounts", Json::array())) {
        if (mount.value("readOnly", false)) mount["recursiveReadOnly"] = "Disabled";
        mounts.push_back(std::move(mount));
    }
    return mounts;
}

Json statusOf(const Json& container, Json state, bool ready, bool started) {
    return {{"name", container["name"]},
            {"state", std::move(state)},
            {"lastState", Json::object()},
            {"ready", ready},
            {"restartCount", 0},
            {"image", container["image"]},
            {"imageID", ""},
            {"started", started},
            {"resources", Json::object()},
            {"volumeMounts", mountsSeen(container)}};
}

void markPulled(const Json& pod, Json& status) {
    status["imageID"] = imageId(status["image"].get<std::string>());
    status["containerID"] = containerId(pod, status["name"].get<std::string>());
}

}  // namespace

void podScheduled(Json& pod, std::string_view now) {
    pod["spec"]["nodeName"] = kNode;
    Json scheduled = condition("PodScheduled", true, now);
    pod["status"]["conditions"] = Json::array({std::move(scheduled)});
}

void podUnschedulable(Json& pod, std::string_view now, std::string_view message) {
    Json scheduled = condition("PodScheduled", false, now, "Unschedulable", message);
    pod["status"]["conditions"] = Json::array({std::move(scheduled)});
}

void podAccepted(Json& pod, std::string_view now) {
    Json& status = pod["status"];
    const Json waiting = {{"waiting", {{"reason", "PodInitializing"}}}};
    status["observedGeneration"] = 1;
    status["hostIP"] = kNodeAddress;
    status["hostIPs"] = Json::array({{{"ip", kNodeAddress}}});
    status["startTime"] = now;
    Json inits = Json::array();
    for (const Json& container : pod["spec"]["initContainers"])
        inits.push_back(statusOf(container, waiting, false, false));
    status["initContainerStatuses"] = std::move(inits);
    Json mains = Json::array();
    for (const Json& container : pod["spec"]["containers"])
        mains.push_back(statusOf(container, waiting, false, false));
    status["containerStatuses"] = std::move(mains);
    const std::string unready = "containers with unready status: " + listed(pod["spec"]["containers"]);
    setConditions(pod, {condition("PodReadyToStartContainers", false, now),
                        condition("Initialized", false, now, "ContainersNotInitialized",
                                  "containers with incomplete status: " + listed(pod["spec"]["initContainers"])),
                        condition("Ready", false, now, "ContainersNotReady", unready),
                        condition("ContainersReady", false, now, "ContainersNotReady", unready),
                        condition("PodScheduled", true, now)});
}

void podInitialized(Json& pod, std::string_view now) {
    Json& status = pod["status"];
    const std::string address = "10.88.0." + std::to_string(10 + stableHash(pod["metadata"].value("name", "")) % 240);
    status["podIP"] = address;
    status["podIPs"] = Json::array({{{"ip", address}}});
    for (Json& init : status["initContainerStatuses"]) {
        markPulled(pod, init);
        init["state"] = {{"terminated",
                          {{"exitCode", 0},
                           {"reason", "Completed"},
                           {"startedAt", now},
                           {"finishedAt", now},
                           {"containerID", init["containerID"]}}}};
        init["ready"] = true;
    }
    const std::string unready = "containers with unready status: " + listed(pod["spec"]["containers"]);
    setConditions(pod, {condition("PodReadyToStartContainers", true, now), condition("Initialized", true, now),
                        condition("Ready", false, now, "ContainersNotReady", unready),
                        condition("ContainersReady", false, now, "ContainersNotReady", unready),
                        condition("PodScheduled", true, now)});
}

void podRunning(Json& pod, std::string_view now) {
    pod["status"]["phase"] = "Running";
    for (Json& status : pod["status"]["containerStatuses"]) {
        markPulled(pod, status);
        status["state"] = {{"running", {{"startedAt", now}}}};
        status["ready"] = true;
        status["started"] = true;
    }
    setConditions(pod, {condition("PodReadyToStartContainers", true, now), condition("Initialized", true, now),
                        condition("Ready", true, now), condition("ContainersReady", true, now),
                        condition("PodScheduled", true, now)});
}

void podReadyAnnotation(Json& pod) {
    pod["metadata"]["annotations"]["tekton.dev/ready"] = "READY";
}

void podWaiting(Json& pod, std::string_view reason, std::string_view message) {
    for (Json& status : pod["status"]["containerStatuses"]) {
        status["state"] = {{"waiting", {{"reason", reason}, {"message", message}}}};
        status.erase("resources");
    }
}

void podTerminated(Json& pod, std::string_view now, int exitCode, std::string_view message) {
    const std::string_view reason = exitCode == 0 ? "PodCompleted" : "PodFailed";
    pod["status"]["phase"] = exitCode == 0 ? "Succeeded" : "Failed";
    for (Json& status : pod["status"]["containerStatuses"]) {
        const Json started =
            status["state"].contains("running") ? status["state"]["running"]["startedAt"] : Json(now);
        markPulled(pod, status);
        status["state"] = {{"terminated",
                            {{"exitCode", exitCode},
                             {"reason", exitCode == 0 ? "Completed" : "Error"},
                             {"startedAt", started},
                             {"finishedAt", now},
                             {"containerID", status["containerID"]}}}};
        if (!message.empty()) status["state"]["terminated"]["message"] = message;
        status["ready"] = false;
        status["started"] = false;
    }
    setConditions(pod, {condition("PodReadyToStartContainers", false, now),
                        condition("Initialized", true, now, exitCode == 0 ? "PodCompleted" : ""),
                        condition("Ready", false, now, reason), condition("ContainersReady", false, now, reason),
                        condition("PodScheduled", true, now)});
}

Json stepState(const TaskInstance& task, const Json& pod) {
    Json step = {{"name", task.step()}, {"provenance", Json::object()}};
    const Json statuses = pod["status"].value("containerStatuses", Json::array());
    if (statuses.empty()) return step;
    const Json& status = statuses[0];
    step["container"] = status["name"];
    for (const auto& [phase, detail] : status["state"].items()) step[phase] = detail;
    if (!status.value("imageID", "").empty()) step["imageID"] = status["imageID"];
    if (step.contains("terminated")) step["terminationReason"] = step["terminated"]["reason"];
    return step;
}

Json taskRunStep(const TaskInstance& task, const Json& pod) {
    Json step = stepState(task, pod);
    if (!step.contains("terminated") || !step["terminated"].contains("message")) return step;
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
    return step;
}

}  // namespace cerebral::demo
