#include "core/kube/object_meta.h"

namespace cerebral::kube {

std::string ObjectMeta::label(std::string_view name_) const {
    return std::string(labels.get(name_));
}

std::string ObjectMeta::annotation(std::string_view name_) const {
    return std::string(annotations.get(name_));
}

const OwnerReference* ObjectMeta::controller() const {
    for (const auto& owner : owners) {
        if (owner.controller) return &owner;
    }
    return nullptr;
}

}  // namespace cerebral::kube
