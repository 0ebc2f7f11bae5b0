#include "app/demo/sim/event_recorder.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/base/time_format.h"

namespace cerebral::demo {

void EventRecorder::record(const Object& about, const EventText& event) {
    const ResourceKind& kind = kindNamed("Event");
    const std::string now = formatRfc3339(store_.now());
    std::string key = about.uid;
    key.append("|").append(event.reason).append("|").append(event.message).append("|").append(event.fieldPath);
    if (const auto it = known_.find(key); it != known_.end()) {
        const std::size_t slash = it->second.find('/');
        (void)store_.update(kind, it->second.substr(0, slash), it->second.substr(slash + 1), [&](Json& tree) {
            tree["count"] = tree.value("count", 0) + 1;
            tree["lastTimestamp"] = now;
            return true;
        });
        return;
    }
    char hex[20];
    std::snprintf(hex, sizeof hex, "18ea%012llx",
                  static_cast<unsigned long long>(0x9a9113522f96ULL + 0x10001ULL * ++sequence_));
    Json involved = {{"kind", about.kind->kind},
                     {"name", about.name},
                     {"uid", about.uid},
                     {"apiVersion", about.kind->apiVersion()},
                     {"resourceVersion", std::to_string(about.version)}};
    if (!about.ns.empty()) involved["namespace"] = about.ns;
    if (!event.fieldPath.empty()) involved["fieldPath"] = event.fieldPath;
    const std::string ns = about.ns.empty() ? "default" : about.ns;
    Json tree = {{"metadata", {{"name", about.name + "." + hex}, {"namespace", ns}}},
                 {"involvedObject", std::move(involved)},
                 {"reason", event.reason},
                 {"type", event.type == EventType::Normal ? "Normal" : "Warning"},
                 {"reportingComponent", event.component}};
    if (!event.message.empty()) tree["message"] = event.message;
    if (event.component == "default-scheduler") {
        tree["source"] = Json::object();
        tree["firstTimestamp"] = nullptr;
        tree["lastTimestamp"] = nullptr;
        std::string micro = formatRfc3339Millis(store_.now());
        micro.insert(micro.size() - 1, "000");
        tree["eventTime"] = micro;
        tree["action"] = event.reason == "Scheduled" ? "Binding" : "Scheduling";
        tree["reportingInstance"] = "default-scheduler-demo";
    } else {
        tree["source"] = {{"component", event.component}};
        tree["firstTimestamp"] = now;
        tree["lastTimestamp"] = now;
        tree["count"] = 1;
        tree["eventTime"] = nullptr;
        tree["reportingInstance"] = "";
        if (event.component == "kubelet") {
            tree["source"]["host"] = "node1";
            tree["reportingInstance"] = "node1";
        }
    }
    const auto created = store_.create(kind, std::move(tree));
    if (!created) return;
    known_.emplace(key, (*created)->key());
    order_.emplace_back(std::move(key), (*created)->key());
    while (order_.size() > keep_) {
        const auto& [oldKey, name] = order_.front();
        const std::size_t slash = name.find('/');
        (void)store_.remove(kind, name.substr(0, slash), name.substr(slash + 1));
        known_.erase(oldKey);
        order_.pop_front();
    }
}

}  // namespace cerebral::demo
