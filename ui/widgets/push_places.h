#pragma once
/// @file PushPlaces: where in a list of pushes message and strip stand, with or without rows.

#include "ui/theme/theme.h"
#include "ui/widgets/skeleton_rows.h"
#include "ui/widgets/strip.h"

namespace cerebral::ui {

/// What stands left and right of a row.
constexpr double kPushMargin = 24;
/// Where text is large, the counts of the pushes have a line of their own below the title.
constexpr double kCountsLine = 20;
constexpr int kBelowCounts = 20;
/// A row; where its strip stands below the message, so much is added.
constexpr double kPushRow = 56;
constexpr double kPushStackedRow = 38;
/// From a row's top to its strip beside the message.
constexpr double kPushStripTop = 14;

/// From a font scale of 150 % on the strip stands below the message.
[[nodiscard]] inline bool pushesStack(const Theme& theme) {
    return theme.fontScale() >= 1.5;
}

struct PushPlaces {
    double textLeft = 0;
    double stripLeft = 0;
    StripLayout strip;
    bool stacked = false;  ///< as pushesStack says
};

/// Below the message the strip has the whole width to itself: then the widest that fits, else `wanted`.
[[nodiscard]] WidthClass pushWidthClass(const Theme& theme, int listWidth, WidthClass wanted);
/// With `contentRight` pixels between the list's left edge and the right end of the strips.
[[nodiscard]] PushPlaces pushPlaces(const Theme& theme, double contentRight, WidthClass width);
/// Grey where message, people and strips will be.
[[nodiscard]] SkeletonRows::Row pushSkeleton(const PushPlaces& places, const Theme& theme);

}  // namespace cerebral::ui
