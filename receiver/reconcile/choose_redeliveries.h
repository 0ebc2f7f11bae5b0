#pragma once
/// @file Which of a webhook's past deliveries GitHub should be asked to send again. Pure.
///
/// A push is asked for when it is recent enough, when no attempt at it was answered well, and when it
/// was not sent again too often already. GitHub's own list says all of that, so the choice needs no
/// memory: it is the same after a restart and on every replica. Asking once too often is harmless (the
/// runs' names are the same); asking for ever is not.

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::receiver {

/// One attempt, as GitHub's list of deliveries tells it.
struct HookDelivery {
    std::uint64_t id = 0;  ///< of this attempt
    std::string guid;      ///< X-GitHub-Delivery, the same for every attempt
    WallTime deliveredAt{};
    bool redelivery = false;
    int statusCode = 0;  ///< what it was answered with; 0 or 5xx of GitHub's when nobody answered
    std::string event;
};

/// GitHub keeps deliveries for three days.
inline constexpr std::chrono::hours kRedeliveryWindow{72};
/// Further attempts at one push; what failed so often needs a person.
inline constexpr int kMostRedeliveries = 3;

/// The attempts to repeat, oldest push first. `deliveries` in any order.
[[nodiscard]] std::vector<HookDelivery> chooseRedeliveries(const std::vector<HookDelivery>& deliveries, WallTime now);

}  // namespace cerebral::receiver
