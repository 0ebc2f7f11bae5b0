#pragma once
/// @file PodTrouble: why a pod cannot go on without help, in words.

#include <optional>
#include <string>

#include "core/kube/workloads/pod.h"

namespace cerebral::kube {

struct PodTrouble {
    std::string reason;     ///< "ImagePullBackOff", "Unschedulable", "UnboundClaim", "CrashLoopBackOff"
    std::string words;      ///< one sentence for people, naming the image, claim or resource
    std::string container;  ///< empty for trouble with the whole pod
    std::optional<WallTime> since;
};
/// An unbound claim or an image on its second try may still pass by itself; `since` lets a view wait a moment.
/// Nothing for a pod that is well, finished, terminating, or just not there yet (ContainerCreating).
[[nodiscard]] std::optional<PodTrouble> podTrouble(const Pod& pod);

/// Waiting reasons of a container that do not pass by themselves (kubelet's images and container packages).
[[nodiscard]] bool isWaitingTrouble(std::string_view reason) noexcept;

}  // namespace cerebral::kube
