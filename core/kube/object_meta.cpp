#include "core/kube/object_meta.h"

namespace cerebral::kube {
namespace {

std::string lookUp(const std::map<std::string, std::string, std::less<>>& map, std::string_view key) {
    const auto it = map.find(key);
    return it == map.end() ? std::string() : it->second;
}

}  // namespace

std::string ObjectMeta::label(std::string_view name_) const {
    return lookUp(labels, name_);
}

std::string ObjectMeta::annotation(std::string_view name_) const {
    return lookUp(annotations, name_);
}

const OwnerReference* ObjectMeta::controller() const {
    for (const auto& owner : owners) {
        if (owner.controller) return &owner;
    }
    return nullptr;
}

}  // namespace cerebral::kube
