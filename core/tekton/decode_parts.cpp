#include "core/tekton/decode_parts.h"

namespace cerebral::tekton {

namespace json = kube::json;

Condition decodeSucceeded(json::Element status) {
    Condition condition;
    const auto found = json::condition(status, "Succeeded");
    if (!found) return condition;
    condition.status = conditionStatus(json::text(*found, "status"));
    condition.reason = json::string(*found, "reason");
    condition.message = json::string(*found, "message");
    return condition;
}

ConditionStatus conditionStatus(std::string_view written) noexcept {
    if (written == "True") return ConditionStatus::True;
    return written == "False" ? ConditionStatus::False : ConditionStatus::Unknown;
}

std::vector<Param> decodeParams(json::Element object, std::string_view key) {
    std::vector<Param> params;
    json::each(object, key, [&](json::Element param) {
        const auto value = json::field(param, "value");
        params.push_back({json::string(param, "name"), value ? json::textOrJson(*value) : std::string()});
    });
    params.shrink_to_fit();  // runs are kept by the thousand
    return params;
}

kube::PackedPairs decodePairs(json::Element object, std::string_view key) {
    const std::vector<Param> params = decodeParams(object, key);
    std::vector<kube::PackedPairs::Pair> pairs;
    pairs.reserve(params.size());
    for (const Param& param : params) pairs.push_back({param.name, param.value});
    return kube::PackedPairs(pairs);
}

std::string resolverName(json::Element reference) {
    for (const Param& param : decodeParams(reference, "params")) {
        if (param.name == "name" || param.name == "pathInRepo") return param.value;
    }
    return json::string(reference, "resolver");
}

}  // namespace cerebral::tekton
