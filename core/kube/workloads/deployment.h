#pragma once
/// @file Deployment (apps/v1) as this product uses it.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kube/object_meta.h"
#include "core/kube/workloads/condition.h"
#include "core/kube/workloads/container_image.h"

namespace cerebral::kube {

inline constexpr std::string_view kRevisionAnnotation = "deployment.kubernetes.io/revision";
inline constexpr std::string_view kRevisionHistoryAnnotation = "deployment.kubernetes.io/revision-history";
inline constexpr std::string_view kChangeCauseAnnotation = "kubernetes.io/change-cause";
inline constexpr std::string_view kRestartedAtAnnotation = "kubectl.kubernetes.io/restartedAt";

struct Deployment {
    ObjectMeta meta;

    int replicas = 1;  ///< spec.replicas
    bool paused = false;
    std::optional<int> progressDeadlineSeconds;
    std::map<std::string, std::string, std::less<>> selector;  ///< matchLabels
    std::vector<ContainerImage> images;                        ///< of the pod template
    std::optional<WallTime> restartedAt;                       ///< of the pod template

    std::int64_t observedGeneration = 0;
    int statusReplicas = 0;
    int updatedReplicas = 0;
    int readyReplicas = 0;
    int availableReplicas = 0;
    std::vector<Condition> conditions;

    /// The annotation's number; 0 when absent.
    [[nodiscard]] int revision() const;
    /// One of the template's images is pinned to this digest.
    [[nodiscard]] bool carries(std::string_view digest) const;
    /// Every label of the selector is among `labels`. An empty selector selects nothing.
    [[nodiscard]] bool selects(const PackedPairs& labels) const;
};

}  // namespace cerebral::kube
