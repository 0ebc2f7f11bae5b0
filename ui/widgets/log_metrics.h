#pragma once
/// @file Sizes of the log view, in tokens (device-independent pixels at font scale 1).

namespace cerebral::ui {

inline constexpr int kLogLine = 18;
inline constexpr int kLogTopMargin = 4;
inline constexpr double kLogTimeColumn = 104;
inline constexpr double kLogRightMargin = 16;
/// Shown above a line somebody jumps to.
inline constexpr int kLogLinesAbove = 10;

}  // namespace cerebral::ui
