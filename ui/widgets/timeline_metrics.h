#pragma once
/// @file Sizes of the timeline, in tokens.

namespace cerebral::ui {

inline constexpr int kTimelineAxis = 28;
inline constexpr int kTimelineRow = 24;
inline constexpr int kTimelineLabels = 264;
inline constexpr int kTimelineLeastLabels = 120;
inline constexpr int kTimelineFigures = 120;

}  // namespace cerebral::ui
