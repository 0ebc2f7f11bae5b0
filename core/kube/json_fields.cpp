#include "core/kube/json_fields.h"

#include <algorithm>

namespace cerebral::kube::json {
namespace {

PackedPairs readMap(Element object, std::string_view key) {
    Object map;
    if (object[key].get(map) != simdjson::SUCCESS) return {};
    std::vector<PackedPairs::Pair> pairs;
    pairs.reserve(map.size());
    for (const auto [name, value] : map) {
        std::string_view string;
        if (name == kLastApplied || value.get(string) != simdjson::SUCCESS) continue;
        const bool twice =
            std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.name == name; });
        if (!twice) pairs.push_back({name, string});
    }
    return PackedPairs(pairs);
}

}  // namespace

std::string textOrJson(Element value) {
    std::string_view string;
    if (value.get(string) == simdjson::SUCCESS) return std::string(string);
    return simdjson::minify(value);
}

Result<ObjectMeta> decodeMeta(Element object) {
    const auto metadata = field(object, "metadata");
    if (!metadata) return fail(ErrorKind::Malformed, "object without metadata");
    ObjectMeta meta;
    meta.name = string(*metadata, "name");
    meta.ns = string(*metadata, "namespace");
    meta.uid = string(*metadata, "uid");
    if (meta.name.empty() || meta.uid.empty()) return fail(ErrorKind::Malformed, "object without a name or uid");
    meta.resourceVersion = string(*metadata, "resourceVersion");
    meta.generation = integer(*metadata, "generation");
    meta.creationTimestamp = time(*metadata, "creationTimestamp");
    meta.deletionTimestamp = time(*metadata, "deletionTimestamp");
    meta.labels = readMap(*metadata, "labels");
    meta.annotations = readMap(*metadata, "annotations");
    each(*metadata, "ownerReferences", [&](Element reference) {
        OwnerReference owner{string(reference, "kind"), string(reference, "name"), string(reference, "uid"),
                             boolean(reference, "controller")};
        meta.owners.push_back(std::move(owner));
    });
    return meta;
}

std::optional<Element> condition(Element status, std::string_view type) {
    std::optional<Element> found;
    each(status, "conditions", [&](Element candidate) {
        if (text(candidate, "type") == type) found = candidate;
    });
    return found;
}

}  // namespace cerebral::kube::json
