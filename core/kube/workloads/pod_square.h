#pragma once
/// @file PodSquare: one pod of a Deployment in one small square: state, reason, restarts, old or new image.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/kube/store.h"
#include "core/kube/workloads/deployment.h"
#include "core/kube/workloads/pod.h"
#include "core/kube/workloads/replica_set.h"

namespace cerebral::kube {

enum class PodSquareState : std::uint8_t {
    Pending,   ///< not scheduled, or containers being made
    Starting,  ///< running, not ready
    Ready,
    Stuck,  ///< cannot go on without help: image, configuration, scheduling, crash loop
    Failed,
    Succeeded,
    Terminating,
    Unknown,  ///< the node does not answer
};
const char* toString(PodSquareState state) noexcept;

struct PodSquare {
    std::string name;
    std::string node;
    PodSquareState state = PodSquareState::Pending;
    std::string reason;   ///< "ImagePullBackOff"; empty when all is well
    std::string message;  ///< the server's words for the reason
    std::optional<WallTime> since;
    int restarts = 0;
    std::string replicaSet;
    std::string digest;  ///< that runs, or is to run; empty when nobody says
    /// Runs the template's image; absent when the digests do not tell (a template that names a tag only).
    std::optional<bool> currentImage;
    std::optional<WallTime> createdAt;
};
[[nodiscard]] PodSquare podSquare(const Pod& pod, const Deployment& deployment);

/// The pods of a Deployment: owned by one of its ReplicaSets; for pods whose ReplicaSet is not known, by the
/// selector.
[[nodiscard]] std::vector<ObjectPtr<Pod>> podsOf(const Deployment& deployment,
                                                 const std::vector<ObjectPtr<ReplicaSet>>& replicaSets,
                                                 const std::vector<ObjectPtr<Pod>>& pods);
/// Oldest first, so squares keep their place.
[[nodiscard]] std::vector<PodSquare> podSquares(const Deployment& deployment,
                                                const std::vector<ObjectPtr<ReplicaSet>>& replicaSets,
                                                const std::vector<ObjectPtr<Pod>>& pods);

}  // namespace cerebral::kube
