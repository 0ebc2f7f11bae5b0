#pragma once
/// @file Durations for people: "45s", "3m12s", "2h5m", "4d", never more than two units.

#include <chrono>
#include <string>

namespace cerebral::ctl {

/// Negative durations (clocks differ) are shown as "0s".
[[nodiscard]] std::string durationText(std::chrono::nanoseconds duration);

}  // namespace cerebral::ctl
