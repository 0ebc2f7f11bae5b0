#include "app/demo/workloads/platform_pod.h"

#include <nlohmann/json.hpp>

#include "app/demo/sim/world.h"
#include "app/demo/store/identity.h"
#include "app/demo/tekton/task_objects.h"
#include "core/base/digest.h"

namespace cerebral::demo {
namespace {

void setCondition(Json& pod, std::string_view type, bool holds, std::string_view now, std::string_view reason = {},
                  std::string_view message = {}) {
    Json next = {{"type", type},
                 {"status", holds ? "True" : "False"},
                 {"observedGeneration", 1},
                 {"lastProbeTime", nullptr},
                 {"lastTransitionTime", now}};
    if (!reason.empty()) next["reason"] = reason;
    if (!message.empty()) next["message"] = message;
    Json& all = pod["status"]["conditions"];
    if (!all.is_array()) all = Json::array();
    for (Json& condition : all) {
        if (condition["type"] != type) continue;
        if (condition["status"] == next["status"]) next["lastTransitionTime"] = condition["lastTransitionTime"];
        condition = std::move(next);
        return;
    }
    all.push_back(std::move(next));
}

std::string unready(const Json& pod) {
    return "containers with unready status: [" + pod["spec"]["containers"][0].value("name", "") + "]";
}

}  // namespace

Json makePlatformPod(const Object& replicaSet, const Json& tree, const std::string& suffix) {
    const std::string name = replicaSet.name + "-" + suffix;
    const std::string access = "kube-api-access-" + safeText(stableHash(name), 5);
    const Json& pattern = tree["spec"]["template"];
    Json spec = pattern["spec"];
    const Json accessMount = {
        {"name", access}, {"readOnly", true}, {"mountPath", "/var/run/secrets/kubernetes.io/serviceaccount"}};
    for (Json& container : spec["containers"]) {
        if (!container.contains("volumeMounts")) container["volumeMounts"] = Json::array();
        container["volumeMounts"].push_back(accessMount);
    }
    if (!spec.contains("volumes")) spec["volumes"] = Json::array();
    spec["volumes"].push_back(
        {{"name", access},
         {"projected",
          {{"sources",
            Json::array(
                {{{"serviceAccountToken", {{"expirationSeconds", 3607}, {"path", "token"}}}},
                 {{"configMap",
                   {{"name", "kube-root-ca.crt"},
                    {"items", Json::array({{{"key", "ca.crt"}, {"path", "ca.crt"}}})}}}},
                 {{"downwardAPI",
                   {{"items", Json::array({{{"path", "namespace"},
                                            {"fieldRef",
                                             {{"apiVersion", "v1"}, {"fieldPath", "metadata.namespace"}}}}})}}}}})},
           {"defaultMode", 420}}}});
    const auto toleration = [](std::string_view key) {
        return Json{{"key", key}, {"operator", "Exists"}, {"effect", "NoExecute"}, {"tolerationSeconds", 300}};
    };
    spec["tolerations"] = {toleration("node.kubernetes.io/not-ready"), toleration("node.kubernetes.io/unreachable")};
    if (!spec.contains("serviceAccountName")) spec["serviceAccountName"] = "default";
    spec["serviceAccount"] = spec["serviceAccountName"];
    spec["priority"] = 0;
    spec["enableServiceLinks"] = true;
    spec["preemptionPolicy"] = "PreemptLowerPriority";
    Json meta = {{"name", name},
                 {"generateName", replicaSet.name + "-"},
                 {"namespace", replicaSet.ns},
                 {"labels", pattern["metadata"]["labels"]},
                 {"ownerReferences", Json::array({{{"apiVersion", "apps/v1"},
                                                   {"kind", "ReplicaSet"},
                                                   {"name", replicaSet.name},
                                                   {"uid", replicaSet.uid},
                                                   {"controller", true},
                                                   {"blockOwnerDeletion", true}}})}};
    if (pattern["metadata"].contains("annotations") && !pattern["metadata"]["annotations"].empty())
        meta["annotations"] = pattern["metadata"]["annotations"];
    return {{"metadata", std::move(meta)},
            {"spec", std::move(spec)},
            {"status", {{"phase", "Pending"}, {"qosClass", "BestEffort"}}}};
}

void platformPodScheduled(Json& pod, std::string_view now) {
    pod["spec"]["nodeName"] = kNode;
    setCondition(pod, "PodScheduled", true, now);
}

void platformPodCreating(Json& pod, std::string_view now) {
    Json& status = pod["status"];
    status["conditions"] = Json::array();
    status["observedGeneration"] = 1;
    status["hostIP"] = "10.88.0.1";
    status["hostIPs"] = Json::array({{{"ip", "10.88.0.1"}}});
    status["startTime"] = now;
    Json statuses = Json::array();
    for (const Json& container : pod["spec"]["containers"]) {
        Json mounts = Json::array();
        for (Json mount : container["volumeMounts"]) {
            if (mount.value("readOnly", false)) mount["recursiveReadOnly"] = "Disabled";
            mounts.push_back(std::move(mount));
        }
        statuses.push_back({{"name", container["name"]},
                            {"state", {{"waiting", {{"reason", "ContainerCreating"}}}}},
                            {"lastState", Json::object()},
                            {"ready", false},
                            {"restartCount", 0},
                            {"image", container["image"]},
                            {"imageID", ""},
                            {"started", false},
                            {"volumeMounts", std::move(mounts)}});
    }
    status["containerStatuses"] = std::move(statuses);
    setCondition(pod, "PodReadyToStartContainers", false, now);
    setCondition(pod, "Initialized", true, now);
    setCondition(pod, "Ready", false, now, "ContainersNotReady", unready(pod));
    setCondition(pod, "ContainersReady", false, now, "ContainersNotReady", unready(pod));
    setCondition(pod, "PodScheduled", true, now);
}

void platformPodRunning(Json& pod, std::string_view now, std::string_view address) {
    Json& status = pod["status"];
    status["phase"] = "Running";
    status["podIP"] = address;
    status["podIPs"] = Json::array({{{"ip", address}}});
    for (Json& one : status["containerStatuses"]) {
        const std::string image = one.value("image", "");
        one["imageID"] = imageId(image);
        one["containerID"] = "containerd://" + sha256Hex(pod["metadata"].value("uid", "") + one.value("name", ""));
        one["state"] = {{"running", {{"startedAt", now}}}};
        one["started"] = true;
        one["resources"] = Json::object();
    }
    setCondition(pod, "PodReadyToStartContainers", true, now);
}

void platformPodReady(Json& pod, std::string_view now) {
    for (Json& one : pod["status"]["containerStatuses"]) one["ready"] = true;
    setCondition(pod, "Ready", true, now);
    setCondition(pod, "ContainersReady", true, now);
}

void platformPodWaiting(Json& pod, std::string_view reason, std::string_view message) {
    for (Json& one : pod["status"]["containerStatuses"])
        one["state"] = {{"waiting", {{"reason", reason}, {"message", message}}}};
}

bool isReady(const Json& pod) {
    for (const Json& condition : pod["status"].value("conditions", Json::array())) {
        if (condition.value("type", "") == "Ready") return condition.value("status", "") == "True";
    }
    return false;
}

bool isTerminating(const Json& pod) {
    return pod["metadata"].contains("deletionTimestamp");
}

}  // namespace cerebral::demo
