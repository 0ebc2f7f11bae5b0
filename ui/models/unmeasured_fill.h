#pragma once
/// @file What a bar is full by: the scale of what has a median to be measured by, the fill of what has none.

#include <QtGlobal>
#include <algorithm>

namespace cerebral::ui {

/// Where the bar ends: a little beyond the median, or beyond now.
[[nodiscard]] inline double barScaleMs(qint64 medianMs, qint64 elapsedMs) {
    return 1.08 * static_cast<double>(std::max({medianMs, elapsedMs, qint64{1}}));
}

/// 0…1: moves on with the time, ever slower, is half full after a minute and never comes to its end.
[[nodiscard]] inline double unmeasuredFill(qint64 elapsedMs) {
    constexpr double kLeastFill = 0.04;
    constexpr double kHalfMs = 60'000;
    const auto elapsed = static_cast<double>(std::max<qint64>(0, elapsedMs));
    return std::max(kLeastFill, elapsed / (elapsed + kHalfMs));
}

}  // namespace cerebral::ui
