#include "core/tekton/decode_parts.h"

#include <deque>

namespace cerebral::tekton {

namespace json = kube::json;

Condition decodeSucceeded(json::Element status) {
    Condition condition;
    const auto found = json::condition(status, "Succeeded");
    if (!found) return condition;
    const std::string_view value = json::text(*found, "status");
    condition.status = value == "True"    ? ConditionStatus::True
                       : value == "False" ? ConditionStatus::False
                                          : ConditionStatus::Unknown;
    condition.reason = json::string(*found, "reason");
    condition.message = json::string(*found, "message");
    return condition;
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
    std::vector<kube::PackedPairs::Pair> pairs;
    std::deque<std::string> structured;
    json::each(object, key, [&](json::Element param) {
        std::string_view text;
        const auto value = json::field(param, "value");
        if (value && value->get(text) != simdjson::SUCCESS) text = structured.emplace_back(simdjson::minify(*value));
        pairs.push_back({json::text(param, "name"), text});
    });
    return kube::PackedPairs(pairs);
}

std::string resolverName(json::Element reference) {
    for (const Param& param : decodeParams(reference, "params")) {
        if (param.name == "name" || param.name == "pathInRepo") return param.value;
    }
    return json::string(reference, "resolver");
}

}  // namespace cerebral::tekton
