#pragma once
/// @file Strip: the way of a push in six segments, always in the same place.

#include <QPainter>
#include <array>

#include "ui/models/segment.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

enum class WidthClass : std::uint8_t { Wide, Normal, Narrow };

class StripLayout {
public:
    /// `extra` pixels widen what has most to say: Build and Image.
    StripLayout(WidthClass width, double fontScale, double extra = 0);
    [[nodiscard]] double total() const noexcept { return total_; }
    /// Left edge relative to the strip's.
    [[nodiscard]] double left(std::size_t segment) const { return lefts_[segment]; }
    [[nodiscard]] double width(std::size_t segment) const { return widths_[segment]; }
    /// -1: none.
    [[nodiscard]] int segmentAt(double x) const;

private:
    std::array<double, journey::kStageCount> lefts_{};
    std::array<double, journey::kStageCount> widths_{};
    double total_ = 0;
};

/// Whether nothing stands below its bar.
[[nodiscard]] bool isSilent(const Segment& segment);
/// Bar and text below it, from `origin` (left top) on; 28 px high. The text may be wider than the bar: it runs on
/// below segments that are silent.
void drawSegment(QPainter& painter, const QPointF& origin, double width, double textWidth, const Segment& segment,
                 bool selected, const QColor& ground, const Theme& theme);
/// What stands beside a thin bar: nothing, its figure, or the figure at the end of the strip.
enum class ThinText : std::uint8_t { None, Figure, Last };
/// Bar of 4 with its figure beside it, within a row of 24.
void drawThinSegment(QPainter& painter, const QRectF& rect, const Segment& segment, ThinText text, bool selected,
                     const Theme& theme);

}  // namespace cerebral::ui
