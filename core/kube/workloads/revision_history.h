#pragma once
/// @file The revisions of a Deployment out of its ReplicaSets.

#include <optional>
#include <string>
#include <vector>

#include "core/kube/store.h"
#include "core/kube/workloads/deployment.h"
#include "core/kube/workloads/replica_set.h"

namespace cerebral::kube {

struct Revision {
    int number = 0;
    std::string replicaSet;
    std::vector<ContainerImage> images;
    std::string changeCause;
    std::optional<WallTime> createdAt;    ///< of the ReplicaSet
    std::optional<WallTime> begunAt;      ///< of this revision number; absent when an undo brought it back
    std::optional<WallTime> restartedAt;  ///< made by a restart
    int replicas = 0;                     ///< still running
    bool current = false;
    bool sameImagesAsBefore = false;  ///< only a restart or another field of the template changed
};
/// Newest first. ReplicaSets of other Deployments are left out (by controller uid).
[[nodiscard]] std::vector<Revision> revisionHistory(const Deployment& deployment,
                                                    const std::vector<ObjectPtr<ReplicaSet>>& replicaSets);

}  // namespace cerebral::kube
