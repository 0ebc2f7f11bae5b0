#pragma once
/// @file How long it will still take, by how long it took before. Pure; times count from the run's start.

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/duration_stats.h"

namespace cerebral::analysis {

/// Fewer earlier runs than this say too little: no ghost, no estimate.
inline constexpr int kRunsForEstimate = 5;

struct Estimate {
    std::chrono::milliseconds median{0};
    std::chrono::milliseconds left{0};  ///< to the median; 0 when it is past
    std::chrono::milliseconds over{0};  ///< past the median; 0 when it is not
    bool late = false;                  ///< past the 95th percentile
    /// Where a bar's scale ends: 1.08 times the later of median and now.
    std::chrono::milliseconds scale{0};
};
/// None when there are too few earlier runs.
[[nodiscard]] std::optional<Estimate> estimate(std::chrono::milliseconds elapsed, const DurationStats& usual);

struct PlannedTask {
    std::vector<std::size_t> after;  ///< indices of the tasks it waits for
    std::optional<std::chrono::milliseconds> began;
    std::optional<std::chrono::milliseconds> ended;
    DurationStats usual;
    /// Where `usual` is counted from when that is later than `began`: earlier tries are no part of it.
    std::optional<std::chrono::milliseconds> counted{};
};
struct Expectation {
    std::chrono::milliseconds begin{0};
    std::chrono::milliseconds end{0};
};
/// For each task when it begins and ends: as it was, or as the medians say for what is still to come. None for a task
/// that cannot be told: too few earlier runs of it or of one it waits for, or a circle.
[[nodiscard]] std::vector<std::optional<Expectation>> expectTasks(std::span<const PlannedTask> tasks,
                                                                  std::chrono::milliseconds now);
/// The end of the last task; none when a task cannot be told.
[[nodiscard]] std::optional<std::chrono::milliseconds> expectedEnd(
    std::span<const std::optional<Expectation>> expectations);
/// The tasks that decide the end, first to last: from the one that ends last back along the latest it waited for.
[[nodiscard]] std::vector<std::size_t> criticalPath(std::span<const PlannedTask> tasks,
                                                    std::span<const std::optional<Expectation>> expectations);

}  // namespace cerebral::analysis
