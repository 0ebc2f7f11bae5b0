#pragma once
/// @file ReplicaSet (apps/v1): one revision of a Deployment.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kube/object_meta.h"
#include "core/kube/workloads/deployment.h"

namespace cerebral::kube {

struct ReplicaSet {
    ObjectMeta meta;
    int replicas = 0;  ///< spec.replicas
    int statusReplicas = 0;
    int readyReplicas = 0;
    int availableReplicas = 0;
    std::vector<ContainerImage> images;
    std::optional<WallTime> restartedAt;  ///< its revision was made by a restart

    [[nodiscard]] int revision() const;
    /// Earlier revision numbers of this same ReplicaSet exist: an undo brought it back, so its
    /// creation is not when its present revision began.
    [[nodiscard]] bool cameBack() const;
    [[nodiscard]] bool carries(std::string_view digest) const;
};

}  // namespace cerebral::kube
