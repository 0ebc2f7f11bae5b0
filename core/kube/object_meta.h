#pragma once
/// @file ObjectMeta: the metadata of every Kubernetes object, as far as this product uses it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/kube/packed_pairs.h"

namespace cerebral::kube {

struct OwnerReference {
    std::string kind;
    std::string name;
    std::string uid;
    bool controller = false;
};

struct ObjectMeta {
    std::string name;
    std::string ns;
    std::string uid;              ///< identity: an old name with a new uid is another object
    std::string resourceVersion;  ///< opaque; compared for equality only
    std::int64_t generation = 0;
    std::optional<WallTime> creationTimestamp;
    std::optional<WallTime> deletionTimestamp;
    PackedPairs labels;
    PackedPairs annotations;
    std::vector<OwnerReference> owners;

    [[nodiscard]] std::string key() const { return ns + "/" + name; }
    /// Empty when absent.
    [[nodiscard]] std::string label(std::string_view name_) const;
    [[nodiscard]] std::string annotation(std::string_view name_) const;
    /// The owner that manages this object (a pod's ReplicaSet, a ReplicaSet's Deployment); null when none.
    [[nodiscard]] const OwnerReference* controller() const;
};

}  // namespace cerebral::kube
