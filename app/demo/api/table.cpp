#include "app/demo/api/table.h"

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

struct Context {
    const Json& object;
    WallTime now;

    /// The node at a path; null when absent.
    [[nodiscard]] const Json& at(std::initializer_list<std::string_view> path) const {
        static const Json kNull;
        const Json* node = &object;
        for (const std::string_view key : path) {
            const auto it = node->is_object() ? node->find(key) : node->end();
            if (!node->is_object() || it == node->end()) return kNull;
            node = &*it;
        }
        return *node;
    }
    [[nodiscard]] std::string text(std::initializer_list<std::string_view> path, std::string_view absent = "") const {
        const Json& node = at(path);
        return node.is_string() ? node.get<std::string>() : std::string(absent);
    }
    [[nodiscard]] std::int64_t number(std::initializer_list<std::string_view> path) const {
        const Json& node = at(path);
        return node.is_number_integer() ? node.get<std::int64_t>() : 0;
    }
    [[nodiscard]] std::string age(std::initializer_list<std::string_view> path,
                                  std::string_view absent = "<unknown>") const {
        const auto time = parseRfc3339(text(path));
        if (!time) return std::string(absent);
        return humanDuration(std::chrono::duration_cast<std::chrono::seconds>(now - *time));
    }
    [[nodiscard]] std::string condition(std::string_view type, std::string_view field) const {
        for (const Json& condition : at({"status", "conditions"})) {
            if (condition.value("type", "") == type) return condition.value(std::string(field), "");
        }
        return {};
    }
    [[nodiscard]] std::size_t size(std::initializer_list<std::string_view> path) const { return at(path).size(); }
};

struct Column {
    std::string_view name;
    int priority;  ///< 0: always shown, 1: only with -o wide
    std::function<Json(const Context&)> cell;
    std::string_view type = "string";
};
using Columns = std::vector<Column>;

std::string joined(const Json& list, const std::function<std::string(const Json&)>& textOf, std::string_view empty) {
    std::string result;
    for (const Json& item : list) {
        if (!result.empty()) result += ",";
        result += textOf(item);
    }
    return result.empty() ? std::string(empty) : result;
}

std::string labelsText(const Json& labels) {
    std::string result;
    for (const auto& [key, value] : labels.items()) {
        if (!result.empty()) result += ",";
        result += key + "=" + value.get<std::string>();
    }
    return result.empty() ? "<none>" : result;
}

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

Column name() {
    return {"Name", 0, [](const Context& c) { return c.text({"metadata", "name"}); }};
}
Column age() {
    return {"Age", 0, [](const Context& c) { return c.age({"metadata", "creationTimestamp"}); }};
}
Column text(std::string_view title, std::initializer_list<std::string_view> path, int priority = 0,
            std::string_view absent = "<none>") {
    std::vector<std::string> keys(path.begin(), path.end());
    return {title, priority, [keys, absent = std::string(absent)](const Context& c) -> Json {
                const Json* node = &c.object;
                for (const std::string& key : keys) {
                    if (!node->is_object() || !node->contains(key)) return absent;
                    node = &(*node)[key];
                }
                if (node->is_boolean()) return node->get<bool>() ? "true" : "false";
                return node->is_null() ? Json(absent) : *node;
            }};
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

Columns columnsOf(const ResourceKind& kind) {
    const std::string_view name_ = kind.kind;
    const auto count = [](std::string_view title, std::initializer_list<std::string_view> path) {
        std::vector<std::string> keys(path.begin(), path.end());
        return Column{title, 0,
                      [keys](const Context& c) -> Json {
                          const Json* node = &c.object;
                          for (const std::string& key : keys) {
                              if (!node->is_object() || !node->contains(key)) return 0;
                              node = &(*node)[key];
                          }
                          return node->is_structured() ? Json(node->size()) : *node;
                      },
                      "integer"};
    };
    if (name_ == "Pod") return podColumns();
    if (name_ == "PipelineRun" || name_ == "TaskRun") return tektonRunColumns();
    if (name_ == "Event") return eventColumns();
    if (name_ == "Service") return serviceColumns();
    if (name_ == "Ingress") return ingressColumns();
    if (name_ == "Node") return nodeColumns();
    if (name_ == "Namespace") return {name(), text("Status", {"status", "phase"}), age()};
    if (name_ == "Deployment") {
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
    if (name_ == "ReplicaSet") {
        return {name(),
                count("Desired", {"spec", "replicas"}),
                count("Current", {"status", "replicas"}),
                count("Ready", {"status", "readyReplicas"}),
                age(),
                containers("name"),
                containers("image"),
                matchLabels()};
    }
    if (name_ == "Secret") return {name(), text("Type", {"type"}), count("Data", {"data"}), age()};
    if (name_ == "ConfigMap") return {name(), count("Data", {"data"}), age()};
    if (name_ == "ServiceAccount") return {name(), count("Secrets", {"secrets"}), age()};
    if (name_ == "PersistentVolumeClaim") {
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
    if (name_ == "StorageClass") {
        return {name(),
                text("Provisioner", {"provisioner"}),
                text("ReclaimPolicy", {"reclaimPolicy"}),
                text("VolumeBindingMode", {"volumeBindingMode"}),
                text("AllowVolumeExpansion", {"allowVolumeExpansion"}, 0, "false"),
                age()};
    }
    if (name_ == "PodDisruptionBudget") {
        return {name(), text("Min Available", {"spec", "minAvailable"}, 0, "N/A"),
                text("Max Unavailable", {"spec", "maxUnavailable"}, 0, "N/A"),
                count("Allowed Disruptions", {"status", "disruptionsAllowed"}), age()};
    }
    if (name_ == "NetworkPolicy") {
        return {name(),
                {"Pod-Selector", 0,
                 [](const Context& c) {
                     return labelsText(c.at({"spec", "podSelector", "matchLabels"}));
                 }},
                age()};
    }
    if (name_ == "RoleBinding" || name_ == "ClusterRoleBinding") {
        return {name(),
                {"Role", 0,
                 [](const Context& c) {
                     return c.text({"roleRef", "kind"}) + "/" + c.text({"roleRef", "name"});
                 }},
                age()};
    }
    if (name_ == "Role" || name_ == "ClusterRole") {
        return {name(), {"Created At", 0, [](const Context& c) {
                             return c.text({"metadata", "creationTimestamp"});
                         }}};
    }
    return {name(), age()};
}

Json rowObjectOf(const Json& object, RowObject how) {
    if (how == RowObject::None) return nullptr;
    if (how == RowObject::Whole) return object;
    return {{"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", object["metadata"]}};
}

}  // namespace

std::string humanDuration(std::chrono::seconds duration) {
    const std::int64_t s = duration.count();
    if (s < -1) return "<invalid>";
    if (s < 0) return "0s";
    const auto two = [](std::int64_t major, char majorUnit, std::int64_t minor, char minorUnit) {
        std::string text = std::to_string(major) + majorUnit;
        if (minor != 0) text += std::to_string(minor) + minorUnit;
        return text;
    };
    const std::int64_t minutes = s / 60, hours = s / 3600, days = hours / 24;
    if (s < 120) return std::to_string(s) + "s";
    if (minutes < 10) return two(minutes, 'm', s % 60, 's');
    if (minutes < 180) return std::to_string(minutes) + "m";
    if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
    if (hours < 48) return std::to_string(hours) + "h";
    if (days < 8) return two(days, 'd', hours % 24, 'h');
    if (days < 730) return std::to_string(days) + "d";
    if (days < 365 * 8) return two(days / 365, 'y', days % 365, 'd');
    return std::to_string(days / 365) + "y";
}

std::string tableOf(const ResourceKind& kind, std::span<const ObjectPtr> objects, std::string_view listMeta,
                    RowObject rowObject, WallTime now) {
    const Columns columns = columnsOf(kind);
    Json definitions = Json::array();
    for (const Column& column : columns) {
        definitions.push_back({{"name", column.name},
                               {"type", column.type},
                               {"format", column.name == "Name" ? "name" : ""},
                               {"description", ""},
                               {"priority", column.priority}});
    }
    std::string text = "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":";
    text.append(listMeta).append(",\"columnDefinitions\":").append(definitions.dump()).append(",\"rows\":[");
    bool first = true;
    for (const ObjectPtr& object : objects) {
        const Json tree = object->parse();
        const Context context{tree, now};
        Json cells = Json::array();
        for (const Column& column : columns) cells.push_back(column.cell(context));
        const Json row = {{"cells", std::move(cells)}, {"object", rowObjectOf(tree, rowObject)}};
        if (!first) text += ',';
        first = false;
        text += row.dump();
    }
    text += "]}\n";
    return text;
}

}  // namespace cerebral::demo
