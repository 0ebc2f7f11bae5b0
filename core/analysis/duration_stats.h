#pragma once
/// @file Median and 95th percentile of durations. Pure.

#include <chrono>
#include <vector>

namespace cerebral::analysis {

struct DurationStats {
    int count = 0;
    std::chrono::milliseconds median{0};  ///< of an even number: the mean of the middle two
    std::chrono::milliseconds p95{0};     ///< nearest rank: a duration that was really seen
    bool operator==(const DurationStats&) const = default;
};

[[nodiscard]] DurationStats statsOf(std::vector<std::chrono::milliseconds> durations);

}  // namespace cerebral::analysis
