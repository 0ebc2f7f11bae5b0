#include "core/analysis/estimate.h"

#include <algorithm>

namespace cerebral::analysis {
namespace {

using std::chrono::milliseconds;
using Expectations = std::vector<std::optional<Expectation>>;

/// When everything it waits for has ended; none while that cannot be told.
std::optional<milliseconds> readyAt(const PlannedTask& task, const Expectations& known, milliseconds now) {
    milliseconds ready = now;
    for (const std::size_t before : task.after) {
        if (before >= known.size() || !known[before]) return std::nullopt;
        ready = std::max(ready, known[before]->end);
    }
    return ready;
}

std::optional<Expectation> expect(const PlannedTask& task, const Expectations& known, milliseconds now) {
    if (task.began && task.ended) return Expectation{*task.began, *task.ended};
    if (task.usual.count < kRunsForEstimate) return std::nullopt;
    if (task.began)
        return Expectation{*task.began, std::max(now, task.counted.value_or(*task.began) + task.usual.median)};
    const auto ready = readyAt(task, known, now);
    if (!ready) return std::nullopt;
    return Expectation{*ready, *ready + task.usual.median};
}

}  // namespace

std::optional<Estimate> estimate(milliseconds elapsed, const DurationStats& usual) {
    if (usual.count < kRunsForEstimate) return std::nullopt;
    Estimate result;
    result.median = usual.median;
    result.left = std::max(milliseconds(0), usual.median - elapsed);
    result.over = std::max(milliseconds(0), elapsed - usual.median);
    result.late = elapsed > usual.p95;
    result.scale = std::max(usual.median, elapsed) * 108 / 100;
    return result;
}

std::vector<std::optional<Expectation>> expectTasks(std::span<const PlannedTask> tasks, milliseconds now) {
    Expectations known(tasks.size());
    // Each pass settles at least one more task, or nothing more can be told (a circle never settles).
    for (bool progress = true; progress;) {
        progress = false;
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            if (known[i]) continue;
            known[i] = expect(tasks[i], known, now);
            progress = progress || known[i].has_value();
        }
    }
    return known;
}

std::optional<milliseconds> expectedEnd(std::span<const std::optional<Expectation>> expectations) {
    std::optional<milliseconds> end;
    for (const auto& expectation : expectations) {
        if (!expectation) return std::nullopt;
        end = std::max(end.value_or(expectation->end), expectation->end);
    }
    return end;
}

std::vector<std::size_t> criticalPath(std::span<const PlannedTask> tasks,
                                      std::span<const std::optional<Expectation>> expectations) {
    const auto latest = [&](const auto& candidates) {
        std::optional<std::size_t> best;
        for (const std::size_t i : candidates) {
            if (i >= expectations.size() || !expectations[i]) continue;
            if (!best || expectations[i]->end > expectations[*best]->end) best = i;
        }
        return best;
    };
    std::vector<std::size_t> all(tasks.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    std::vector<std::size_t> path;
    for (auto at = latest(all); at && path.size() < tasks.size(); at = latest(tasks[*at].after)) path.push_back(*at);
    std::reverse(path.begin(), path.end());
    return path;
}

}  // namespace cerebral::analysis
