// Columns by kind. Tekton's are those of its CRDs, the built-in kinds' those of
// k8s.io/kubernetes/pkg/printers/internalversion.
#include "app/demo/api/table_cells.h"

namespace cerebral::demo::table {
namespace {

/// The STATUS column of pods: k8s.io/kubernetes/pkg/printers/internalversion printPod, the parts that occur.
std::string podStatus(const Context& c) {
    std::string reason = c.text({"status", "reason"}, c.text({"status", "phase"}));
    bool initializing = false;
    const Json& inits = c.at({"status", "initContainerStatuses"});
    for (std::size_t i = 0; i < inits.size(); ++i) {
        const Json& state = inits[i].value("state", Json::object());
        if (state.contains("terminated") && state["terminated"].value("exitCode", 0) == 0) continue;
        if (state.contains("terminated")) {
            reason = "Init:" + state["terminated"].value("reason", "Error");
        } else if (state.contains("waiting") && state["waiting"].value("reason", "") != "PodInitializing" &&
                   state["waiting"].contains("reason")) {
            reason = "Init:" + state["waiting"].value("reason", "");
        } else {
            reason = "Init:" + std::to_string(i) + "/" + std::to_string(c.size({"spec", "initContainers"}));
        }
        initializing = true;
        break;
    }
    if (!initializing) {
        bool hasRunning = false;
        for (const Json& status : c.at({"status", "containerStatuses"})) {
            const Json& state = status.value("state", Json::object());
            if (state.contains("waiting") && state["waiting"].contains("reason")) {
                reason = state["waiting"].value("reason", "");
            } else if (state.contains("terminated") && state["terminated"].contains("reason")) {
                reason = state["terminated"].value("reason", "");
            } else if (status.value("ready", false) && state.contains("running")) {
                hasRunning = true;
            }
        }
        if (reason == "Completed" && hasRunning) reason = "Running";
    }
    if (!c.at({"metadata", "deletionTimestamp"}).is_null()) reason = "Terminating";
    return reason;
}

Column containers(std::string_view field) {
    return {field == "name" ? "Containers" : "Images", 1, [field = std::string(field)](const Context& c) {
                return joined(
                    c.at({"spec", "template", "spec", "containers"}),
                    [&](const Json& one) { return one.value(field, ""); }, "<none>");
            }};
}
Column matchLabels() {
    return {"Selector", 1, [](const Context& c) { return labelsText(c.at({"spec", "selector", "matchLabels"})); }};
}

Columns podColumns() {
    return {name(),
            {"Ready", 0,
             [](const Context& c) {
                 std::size_t ready = 0;
                 for (const Json& status : c.at({"status", "containerStatuses"})) {
                     ready += status.value("ready", false) ? 1 : 0;
                 }
                 return std::to_string(ready) + "/" + std::to_string(c.size({"spec", "containers"}));
             }},
            {"Status", 0, podStatus},
            {"Restarts", 0,
             [](const Context& c) {
                 std::int64_t restarts = 0;
                 for (const Json& status : c.at({"status", "containerStatuses"})) {
                     restarts += status.value("restartCount", 0);
                 }
                 return std::to_string(restarts);
             }},
            age(),
            text("IP", {"status", "podIP"}, 1),
            text("Node", {"spec", "nodeName"}, 1),
            text("Nominated Node", {"status", "nominatedNodeName"}, 1),
            {"Readiness Gates", 1, [](const Context&) { return "<none>"; }}};
}

Columns tektonRunColumns() {
    return {name(),
            {"Succeeded", 0, [](const Context& c) { return c.condition("Succeeded", "status"); }},
            {"Reason", 0, [](const Context& c) { return c.condition("Succeeded", "reason"); }},
            {"StartTime", 0,
             [](const Context& c) {
                 return c.age({"status", "startTime"}, "");
             },
             "date"},
            {"CompletionTime", 0,
             [](const Context& c) {
                 return c.age({"status", "completionTime"}, "");
             },
             "date"}};
}

Columns eventColumns() {
    return {{"Last Seen", 0,
             [](const Context& c) {
                 return c.age({"lastTimestamp"}, c.age({"eventTime"}, c.age({"metadata", "creationTimestamp"})));
             }},
            text("Type", {"type"}),
            text("Reason", {"reason"}),
            {"Object", 0,
             [](const Context& c) {
                 std::string kind = c.text({"involvedObject", "kind"});
                 for (char& letter : kind)
                     letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
                 return kind + "/" + c.text({"involvedObject", "name"});
             }},
            text("Subobject", {"involvedObject", "fieldPath"}, 1, ""),
            {"Source", 1,
             [](const Context& c) {
                 return c.text({"source", "component"}, c.text({"reportingComponent"}));
             }},
            {"Message", 0, [](const Context& c) { return c.text({"message"}); }},
            {"First Seen", 1,
             [](const Context& c) {
                 return c.age({"firstTimestamp"}, c.age({"metadata", "creationTimestamp"}));
             }},
            {"Count", 1, [](const Context& c) { return std::max<std::int64_t>(1, c.number({"count"})); }},
            {"Name", 1, [](const Context& c) {
                 return c.text({"metadata", "name"});
             }}};
}

Columns serviceColumns() {
    return {name(),
            text("Type", {"spec", "type"}),
            text("Cluster-IP", {"spec", "clusterIP"}),
            {"External-IP", 0,
             [](const Context& c) {
                 return c.text({"spec", "externalName"}, "<none>");
             }},
            {"Port(s)", 0,
             [](const Context& c) {
                 return joined(
                     c.at({"spec", "ports"}),
                     [](const Json& port) {
                         return std::to_string(port.value("port", 0)) + "/" + port.value("protocol", "TCP");
                     },
                     "<none>");
             }},
            age(),
            {"Selector", 1, [](const Context& c) {
                 return labelsText(c.at({"spec", "selector"}));
             }}};
}

Columns ingressColumns() {
    return {name(),
            text("Class", {"spec", "ingressClassName"}),
            {"Hosts", 0,
             [](const Context& c) {
                 return joined(
                     c.at({"spec", "rules"}), [](const Json& rule) { return rule.value("host", "*"); }, "*");
             }},
            {"Address", 0,
             [](const Context& c) {
                 return joined(
                     c.at({"status", "loadBalancer", "ingress"}), [](const Json& one) { return one.value("ip", ""); },
                     "");
             }},
            {"Ports", 0,
             [](const Context& c) {
                 return c.at({"spec", "tls"}).empty() ? "80" : "80, 443";
             }},
            age()};
}

Columns nodeColumns() {
    return {name(),
            {"Status", 0,
             [](const Context& c) { return c.condition("Ready", "status") == "True" ? "Ready" : "NotReady"; }},
            {"Roles", 0,
             [](const Context& c) {
                 std::string roles;
                 for (const auto& [key, value] : c.at({"metadata", "labels"}).items()) {
                     constexpr std::string_view kPrefix = "node-role.kubernetes.io/";
                     if (!key.starts_with(kPrefix)) continue;
                     roles += (roles.empty() ? "" : ",") + key.substr(kPrefix.size());
                 }
                 return roles.empty() ? std::string("<none>") : roles;
             }},
            age(),
            text("Version", {"status", "nodeInfo", "kubeletVersion"}),
            {"Internal-IP", 1,
             [](const Context& c) {
                 for (const Json& address : c.at({"status", "addresses"})) {
                     if (address.value("type", "") == "InternalIP") return address.value("address", "");
                 }
                 return std::string("<none>");
             }},
            {"External-IP", 1, [](const Context&) { return "<none>"; }},
            text("OS-Image", {"status", "nodeInfo", "osImage"}, 1),
            text("Kernel-Version", {"status", "nodeInfo", "kernelVersion"}, 1),
            text("Container-Runtime", {"status", "nodeInfo", "containerRuntimeVersion"}, 1)};
}

}  // namespace

Columns columnsOf(const ResourceKind& kind) {
    const std::string_view kindName = kind.kind;
    if (kindName == "Pod") return podColumns();
    if (kindName == "PipelineRun" || kindName == "TaskRun") return tektonRunColumns();
    if (kindName == "Event") return eventColumns();
    if (kindName == "Service") return serviceColumns();
    if (kindName == "Ingress") return ingressColumns();
    if (kindName == "Node") return nodeColumns();
    if (kindName == "Namespace") return {name(), text("Status", {"status", "phase"}), age()};
    if (kindName == "Deployment") {
        return {name(),
                {"Ready", 0,
                 [](const Context& c) {
                     return std::to_string(c.number({"status", "readyReplicas"})) + "/" +
                            std::to_string(c.number({"spec", "replicas"}));
                 }},
                count("Up-to-date", {"status", "updatedReplicas"}),
                count("Available", {"status", "availableReplicas"}),
                age(),
                containers("name"),
                containers("image"),
                matchLabels()};
    }
    if (kindName == "ReplicaSet") {
        return {name(),
                count("Desired", {"spec", "replicas"}),
                count("Current", {"status", "replicas"}),
                count("Ready", {"status", "readyReplicas"}),
                age(),
                containers("name"),
                containers("image"),
                matchLabels()};
    }
    if (kindName == "Secret") return {name(), text("Type", {"type"}), count("Data", {"data"}), age()};
    if (kindName == "ConfigMap") return {name(), count("Data", {"data"}), age()};
    if (kindName == "ServiceAccount") return {name(), count("Secrets", {"secrets"}), age()};
    if (kindName == "PersistentVolumeClaim") {
        return {name(),
                text("Status", {"status", "phase"}),
                text("Volume", {"spec", "volumeName"}, 0, ""),
                text("Capacity", {"status", "capacity", "storage"}, 0, ""),
                {"Access Modes", 0,
                 [](const Context& c) {
                     return joined(
                         c.at({"spec", "accessModes"}),
                         [](const Json& mode) {
                             return mode == "ReadWriteOnce"   ? std::string("RWO")
                                    : mode == "ReadWriteMany" ? std::string("RWX")
                                                              : mode.get<std::string>();
                         },
                         "");
                 }},
                text("StorageClass", {"spec", "storageClassName"}, 0, ""),
                text("VolumeAttributesClass", {"spec", "volumeAttributesClassName"}, 0, "<unset>"),
                age()};
    }
    if (kindName == "StorageClass") {
        return {name(),
                text("Provisioner", {"provisioner"}),
                text("ReclaimPolicy", {"reclaimPolicy"}),
                text("VolumeBindingMode", {"volumeBindingMode"}),
                text("AllowVolumeExpansion", {"allowVolumeExpansion"}, 0, "false"),
                age()};
    }
    if (kindName == "PodDisruptionBudget") {
        return {name(), text("Min Available", {"spec", "minAvailable"}, 0, "N/A"),
                text("Max Unavailable", {"spec", "maxUnavailable"}, 0, "N/A"),
                count("Allowed Disruptions", {"status", "disruptionsAllowed"}), age()};
    }
    if (kindName == "NetworkPolicy") {
        return {name(),
                {"Pod-Selector", 0,
                 [](const Context& c) {
                     return labelsText(c.at({"spec", "podSelector", "matchLabels"}));
                 }},
                age()};
    }
    if (kindName == "RoleBinding" || kindName == "ClusterRoleBinding") {
        return {name(),
                {"Role", 0,
                 [](const Context& c) {
                     return c.text({"roleRef", "kind"}) + "/" + c.text({"roleRef", "name"});
                 }},
                age()};
    }
    if (kindName == "Role" || kindName == "ClusterRole") {
        return {name(), {"Created At", 0, [](const Context& c) {
                             return c.text({"metadata", "creationTimestamp"});
                         }}};
    }
    return {name(), age()};
}

}  // namespace cerebral::demo::table
