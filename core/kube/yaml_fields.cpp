#include "core/kube/yaml_fields.h"

namespace cerebral::kube {
namespace {

YAML::Node nothing() {
    return YAML::Node(YAML::NodeType::Undefined);
}

}  // namespace

void YamlFields::refuse(const std::string& message) const {
    if (!error_) error_ = Error{ErrorKind::Config, where_ + message, 0, {}, {}};
}

YAML::Node YamlFields::find(const char* key) const {
    if (error_ || !exists()) return nothing();
    const YAML::Node& constant = node_;  // the non-const operator would add the key
    const YAML::Node value = constant[key];
    return value.IsDefined() && !value.IsNull() ? value : nothing();
}

std::string YamlFields::text(const char* key) const {
    const YAML::Node value = find(key);
    if (!value.IsDefined()) return {};
    if (value.IsScalar()) return value.Scalar();
    refuse("." + std::string(key) + " is not text");
    return {};
}

bool YamlFields::boolean(const char* key) const {
    const std::string value = text(key);
    if (value.empty() || value == "false") return false;
    if (value != "true") refuse("." + std::string(key) + " is neither true nor false");
    return value == "true";
}

YAML::Node YamlFields::mapping(const char* key) const {
    const YAML::Node value = find(key);
    if (!value.IsDefined() || value.IsMap()) return value;
    refuse("." + std::string(key) + " is not a mapping");
    return nothing();
}

YAML::Node YamlFields::sequence(const char* key) const {
    const YAML::Node value = find(key);
    if (!value.IsDefined() || value.IsSequence()) return value;
    refuse("." + std::string(key) + " is not a list");
    return nothing();
}

}  // namespace cerebral::kube
