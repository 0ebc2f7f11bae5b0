#include "app/demo/store/patch.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

namespace cerebral::demo {
namespace {

/// The merge key of the list called `field`; empty: the list is replaced as a whole. Source: the
/// `patchMergeKey` tags in k8s.io/api.
std::string_view mergeKeyOf(std::string_view field, const Json& sample) {
    static constexpr std::pair<std::string_view, std::string_view> kKeys[] = {
        {"containers", "name"},
        {"initContainers", "name"},
        {"ephemeralContainers", "name"},
        {"volumes", "name"},
        {"env", "name"},
        {"imagePullSecrets", "name"},
        {"volumeMounts", "mountPath"},
        {"volumeDevices", "devicePath"},
        {"conditions", "type"},
        {"ownerReferences", "uid"},
        {"secrets", "name"},
        {"hostAliases", "ip"},
        {"topologySpreadConstraints", "topologyKey"},
    };
    if (field == "ports") return sample.contains("containerPort") ? "containerPort" : "port";
    for (const auto& [name, key] : kKeys) {
        if (name == field) return key;
    }
    return {};
}

void mergeStrategic(Json& target, const Json& patch);

bool isDirective(std::string_view key) {
    return key.starts_with('$');
}

Json withoutDirectives(const Json& value) {
    if (!value.is_object()) return value;
    Json clean = Json::object();
    mergeStrategic(clean, value);
    return clean;
}

void mergeList(Json& target, const Json& patch, std::string_view field) {
    const auto sample =
        std::ranges::find_if(patch, [](const Json& item) { return item.is_object() && !item.contains("$patch"); });
    const bool replace = std::ranges::any_of(
        patch, [](const Json& item) { return item.is_object() && item.value("$patch", "") == "replace"; });
    const std::string_view key = mergeKeyOf(field, sample == patch.end() ? Json::object() : *sample);
    if (replace || key.empty() || !target.is_array()) {
        const Json before = target.is_array() && !replace && !key.empty() ? target : Json::array();
        target = before;
        for (const Json& item : patch) {
            if (!(item.is_object() && item.contains("$patch"))) target.push_back(withoutDirectives(item));
        }
        return;
    }
    for (const Json& item : patch) {
        if (!item.is_object() || !item.contains(key)) continue;
        const auto same = std::ranges::find_if(target, [&](const Json& other) {
            return other.is_object() && other.contains(key) && other[std::string(key)] == item[std::string(key)];
        });
        if (item.value("$patch", "") == "delete") {
            if (same != target.end()) target.erase(same);
        } else if (same != target.end()) {
            mergeStrategic(*same, item);
        } else {
            target.push_back(withoutDirectives(item));
        }
    }
}

void mergeStrategic(Json& target, const Json& patch) {
    if (!patch.is_object()) {
        target = patch;
        return;
    }
    if (!target.is_object()) target = Json::object();
    if (patch.value("$patch", "") == "replace") target = Json::object();
    if (const auto retain = patch.find("$retainKeys"); retain != patch.end()) {
        for (auto it = target.begin(); it != target.end();) {
            if (std::ranges::none_of(*retain, [&](const Json& kept) { return kept == it.key(); }))
                it = target.erase(it);
            else
                ++it;
        }
    }
    for (const auto& [key, value] : patch.items()) {
        constexpr std::string_view kDeletePrimitive = "$deleteFromPrimitiveList/";
        if (key.starts_with(kDeletePrimitive)) {
            const std::string field = key.substr(kDeletePrimitive.size());
            if (!target.contains(field) || !target[field].is_array()) continue;
            Json rest = Json::array();
            for (const Json& item : target[field]) {
                if (std::ranges::find(value, item) == value.end()) rest.push_back(item);
            }
            target[field] = rest;
        } else if (isDirective(key)) {
            continue;
        } else if (value.is_null()) {
            target.erase(key);
        } else if (value.is_object()) {
            if (value.value("$patch", "") == "delete")
                target.erase(key);
            else
                mergeStrategic(target[key], value);
        } else if (value.is_array()) {
            mergeList(target[key], value, key);
        } else {
            target[key] = value;
        }
    }
}

}  // namespace

Result<void> applyPatch(PatchKind kind, Json& tree, const Json& patch) {
    try {
        switch (kind) {
            case PatchKind::JsonPatch:
                tree = tree.patch(patch);
                break;
            case PatchKind::Merge:
                tree.merge_patch(patch);
                break;
            case PatchKind::StrategicMerge:
                mergeStrategic(tree, patch);
                break;
        }
    } catch (const Json::exception& error) {
        return fail(ErrorKind::Invalid, std::string("the patch does not apply: ") + error.what());
    }
    if (!tree.is_object() || !tree.contains("metadata") || !tree["metadata"].is_object()) {
        return fail(ErrorKind::Invalid, "the patch leaves no object");
    }
    return {};
}

}  // namespace cerebral::demo
