#include "ui/widgets/push_places.h"

#include <algorithm>

namespace cerebral::ui {
namespace {

/// From this width on the strip takes its share of what more there is.
constexpr double kWideContent = 1400;
constexpr double kSpareShare = 0.7;
constexpr double kMostExtra = 280;

double textLeftOf(const Theme& theme) {
    return kPushMargin + theme.px(64);
}

}  // namespace

WidthClass pushWidthClass(const Theme& theme, int listWidth, WidthClass wanted) {
    if (!pushesStack(theme)) return wanted;
    for (const WidthClass wide : {WidthClass::Wide, WidthClass::Normal}) {
        if (textLeftOf(theme) + StripLayout(wide, theme.fontScale()).total() + kPushMargin <= listWidth) return wide;
    }
    return WidthClass::Narrow;
}

PushPlaces pushPlaces(const Theme& theme, double contentRight, WidthClass width) {
    const double scale = theme.fontScale();
    const double textLeft = textLeftOf(theme);
    if (pushesStack(theme)) {
        const double room = contentRight - textLeft - StripLayout(width, scale).total();
        return {textLeft, textLeft, {width, scale, std::max(0.0, room)}, true};
    }
    // A message seldom fills a wide window, an image's name and a step's end do fill their segments.
    const double spare = contentRight - kWideContent * scale;
    const StripLayout strip(width, scale, std::clamp(spare * kSpareShare, 0.0, kMostExtra * scale));
    return {textLeft, contentRight - strip.total(), strip, false};
}

SkeletonRows::Row pushSkeleton(const PushPlaces& places, const Theme& theme) {
    const double head = theme.px(kPushRow);
    SkeletonRows::Row row{head + (places.stacked ? theme.px(kPushStackedRow) : 0), {}};
    const auto put = [&](double left, double middle, double width, double height, bool ragged = false) {
        row.columns.push_back({left, width, height, middle - row.height / 2, ragged});
    };
    const double text = places.textLeft;
    put(kPushMargin, head / 2, theme.px(16), theme.px(16));
    row.columns.back().round = true;
    put(kPushMargin + theme.px(28), head / 2, theme.px(24), theme.px(24));
    row.columns.back().round = true;
    put(text, theme.px(18), theme.px(280), theme.px(10), true);
    put(text, theme.px(38), theme.px(190), theme.px(8), true);
    const double top = places.stacked ? head : theme.px(kPushStripTop);
    for (std::size_t at = 0; at < journey::kStageCount; ++at) {
        const double left = places.stripLeft + places.strip.left(at);
        const double width = places.strip.width(at);
        put(left, top + 3, width, 2);
        put(left, top + 12 + theme.px(8), std::min<double>(theme.px(32), width), theme.px(8));
    }
    return row;
}

}  // namespace cerebral::ui
