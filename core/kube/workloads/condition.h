#pragma once
/// @file Condition: one entry of `status.conditions` of pods and workloads.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::kube {

struct Condition {
    std::string type;
    std::string status;  ///< "True", "False", "Unknown"
    std::string reason;
    std::string message;
    std::optional<WallTime> lastTransitionTime;
    std::optional<WallTime> lastUpdateTime;  ///< Deployments only

    [[nodiscard]] bool isTrue() const noexcept { return status == "True"; }
};

/// Null when there is none of that type.
[[nodiscard]] const Condition* findCondition(const std::vector<Condition>& conditions,
                                             std::string_view type) noexcept;

}  // namespace cerebral::kube
