#pragma once
/// @file How full a bar is of what has no median to be measured by.

#include <QtGlobal>
#include <algorithm>

namespace cerebral::ui {

/// 0…1: moves on with the time, ever slower, is half full after a minute and never comes to its end.
[[nodiscard]] inline double unmeasuredFill(qint64 elapsedMs) {
    constexpr double kLeastFill = 0.04;
    constexpr double kHalfMs = 60'000;
    const auto elapsed = static_cast<double>(std::max<qint64>(0, elapsedMs));
    return std::max(kLeastFill, elapsed / (elapsed + kHalfMs));
}

}  // namespace cerebral::ui
