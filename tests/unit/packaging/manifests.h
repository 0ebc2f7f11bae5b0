#pragma once
/// @file The shipped manifests as YAML nodes.

#include <yaml-cpp/yaml.h>

#include <string>
#include <vector>

namespace cerebral::test {

[[nodiscard]] inline std::vector<YAML::Node> manifests(const std::string& file) {
    return YAML::LoadAllFromFile(std::string(CEREBRAL_PACKAGING "/") + file);
}

/// The object of that kind and name (and namespace, when given); an undefined node when there is none.
[[nodiscard]] inline YAML::Node manifest(const std::string& file, const std::string& kind, const std::string& name,
                                         const std::string& ns = {}) {
    for (const YAML::Node& object : manifests(file)) {
        if (object["kind"].Scalar() != kind || object["metadata"]["name"].Scalar() != name) continue;
        if (ns.empty() || object["metadata"]["namespace"].Scalar() == ns) return object;
    }
    return YAML::Node(YAML::NodeType::Undefined);
}

/// The entry of a list whose `name` it is.
[[nodiscard]] inline YAML::Node named(const YAML::Node& list, const std::string& name) {
    for (const auto& entry : list) {
        if (entry["name"].Scalar() == name) return YAML::Node(entry);
    }
    return YAML::Node(YAML::NodeType::Undefined);
}

[[nodiscard]] inline std::vector<std::string> namesOf(const YAML::Node& list) {
    std::vector<std::string> names;
    for (const auto& entry : list) names.push_back(entry["name"].Scalar());
    return names;
}

}  // namespace cerebral::test
