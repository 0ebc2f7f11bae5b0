#pragma once
/// @file What the JSON of PipelineRuns and TaskRuns has in common. Only for .cpp files (simdjson).

#include <string>
#include <string_view>
#include <vector>

#include "core/kube/json_fields.h"
#include "core/tekton/pipeline_run.h"

namespace cerebral::tekton {

struct Condition {
    ConditionStatus status = ConditionStatus::Missing;
    std::string reason;
    std::string message;
};

/// `status.conditions` of type Succeeded.
Condition decodeSucceeded(kube::json::Element status);
/// "True", "False", else Unknown.
ConditionStatus conditionStatus(std::string_view written) noexcept;
/// [{name, value}] under `key`: params and results.
std::vector<Param> decodeParams(kube::json::Element object, std::string_view key);
/// The same, as runs keep them.
kube::PackedPairs decodePairs(kube::json::Element object, std::string_view key);
/// A `name` param of a resolver's reference ("git", "hub", "cluster"), else the resolver itself.
std::string resolverName(kube::json::Element reference);

}  // namespace cerebral::tekton
