#include "core/analysis/duration_stats.h"

#include <algorithm>

namespace cerebral::analysis {

DurationStats statsOf(std::vector<std::chrono::milliseconds> durations) {
    if (durations.empty()) return {};
    std::sort(durations.begin(), durations.end());
    const std::size_t count = durations.size();
    const std::size_t middle = count / 2;
    DurationStats stats;
    stats.count = static_cast<int>(count);
    stats.median = count % 2 == 1 ? durations[middle] : (durations[middle - 1] + durations[middle]) / 2;
    stats.p95 = durations[(count * 95 + 99) / 100 - 1];
    return stats;
}

}  // namespace cerebral::analysis
