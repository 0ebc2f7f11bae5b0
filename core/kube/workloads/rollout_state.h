#pragma once
/// @file RolloutState: how far a Deployment's rollout is, by kubectl's rule.
///
/// Source: kubectl/pkg/polymorphichelpers/rollout_status.go (DeploymentStatusViewer). The sentence is
/// what `kubectl rollout status` prints, word for word, without its line end.

#include <cstdint>
#include <optional>
#include <string>

#include "core/kube/workloads/deployment.h"

namespace cerebral::kube {

enum class RolloutPhase : std::uint8_t {
    NotObserved,       ///< the controller has not seen the newest spec
    Updating,          ///< fewer new replicas than wanted
    Terminating,       ///< old replicas are going
    WaitingAvailable,  ///< new replicas are not all available
    Done,
    DeadlineExceeded,  ///< no progress within progressDeadlineSeconds: kubectl ends with an error
};
/// "updating", "deadline-exceeded", …: stable, for JSON.
const char* toString(RolloutPhase phase) noexcept;

struct RolloutState {
    RolloutPhase phase = RolloutPhase::NotObserved;
    std::string sentence;
    /// Progressing's lastUpdateTime: the last progress, or, when Done, when the rollout completed.
    std::optional<WallTime> lastProgress;
    /// When it counts as failed unless it progresses: lastProgress + progressDeadlineSeconds. Only while under way.
    std::optional<WallTime> failsAt;

    [[nodiscard]] bool underway() const noexcept {
        return phase != RolloutPhase::Done && phase != RolloutPhase::DeadlineExceeded;
    }
};
[[nodiscard]] RolloutState rolloutState(const Deployment& deployment);

}  // namespace cerebral::kube
