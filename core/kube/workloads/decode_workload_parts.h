#pragma once
/// @file What the JSON of pods and workloads has in common. Only for .cpp files (simdjson).

#include <optional>
#include <vector>

#include "core/kube/json_fields.h"
#include "core/kube/workloads/condition.h"
#include "core/kube/workloads/container_image.h"

namespace cerebral::kube {

/// `status.conditions`, all of them.
std::vector<Condition> decodeConditions(json::Element status);
/// A 32-bit count; absent reads as `otherwise`.
int decodeCount(json::Element object, std::string_view key, int otherwise = 0);

/// `spec.template` of a Deployment or ReplicaSet.
struct TemplateParts {
    std::vector<ContainerImage> images;
    std::optional<WallTime> restartedAt;
};
TemplateParts decodeTemplate(json::Element spec);

}  // namespace cerebral::kube
