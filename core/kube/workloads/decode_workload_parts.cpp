#include "core/kube/workloads/decode_workload_parts.h"

#include <algorithm>
#include <limits>

#include "core/kube/workloads/deployment.h"

namespace cerebral::kube {

std::vector<Condition> decodeConditions(json::Element status) {
    std::vector<Condition> conditions;
    json::each(status, "conditions", [&](json::Element element) {
        Condition condition;
        condition.type = json::string(element, "type");
        condition.status = json::string(element, "status");
        condition.reason = json::string(element, "reason");
        condition.message = json::string(element, "message");
        condition.lastTransitionTime = json::time(element, "lastTransitionTime");
        condition.lastUpdateTime = json::time(element, "lastUpdateTime");
        conditions.push_back(std::move(condition));
    });
    return conditions;
}

int decodeCount(json::Element object, std::string_view key, int otherwise) {
    const std::int64_t value = json::integer(object, key, otherwise);
    return static_cast<int>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<int>::max()));
}

TemplateParts decodeTemplate(json::Element spec) {
    TemplateParts parts;
    const auto podTemplate = json::field(spec, "template");
    if (!podTemplate) return parts;
    if (const auto metadata = json::field(*podTemplate, "metadata")) {
        if (const auto annotations = json::field(*metadata, "annotations")) {
            parts.restartedAt = json::time(*annotations, kRestartedAtAnnotation);
        }
    }
    if (const auto podSpec = json::field(*podTemplate, "spec")) {
        json::each(*podSpec, "containers", [&](json::Element container) {
            parts.images.push_back({json::string(container, "name"), json::string(container, "image")});
        });
    }
    return parts;
}

}  // namespace cerebral::kube
