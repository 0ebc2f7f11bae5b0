#pragma once
/// @file Bars: one segment of progress, in the language shared by strip, mini progress and Gantt.

#include <QPainter>
#include <cstdint>

#include "ui/theme/colors.h"

namespace cerebral::ui {

enum class BarKind : std::uint8_t {
    Done,     ///< full, quiet
    Live,     ///< full, full strength
    Running,  ///< fill over ghost over track
    Failed,   ///< fill up to where it stopped
    Cancelled,
    Stuck,    ///< hatched over the whole width
    Pending,  ///< 2 px line
    Skipped,  ///< 2 px dashes
    Held,     ///< stale: hatched grey, no fill claimed
};

struct Bar {
    BarKind kind = BarKind::Pending;
    double fill = 0;   ///< 0…1, for Running, Failed, Cancelled
    double ghost = 0;  ///< 0…1, the median's place, for Running; 0: none
    bool onSelected = false;
};

void drawBar(QPainter& painter, const QRectF& rect, const Bar& bar, const Colors& colors);
/// 45° stripes, `on` wide with `off` between, clipped to `rect` with radius 2.
void drawHatch(QPainter& painter, const QRectF& rect, const QColor& stripe, const QColor& ground, double on,
               double off, double radius = 2);

}  // namespace cerebral::ui
