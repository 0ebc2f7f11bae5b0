#pragma once
/// @file The bar of a task or step that ran, in the timeline and in its legend.

#include "ui/theme/bars.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {

inline void drawRunBar(QPainter& p, const QRectF& rect, Status status, bool onSelected, const Colors& c) {
    if (status == Status::Stuck) {
        drawHatch(p, rect, c.stuck.solid, c.stuck.tint, 4, 2);
    } else if (isHeld(status)) {
        drawBar(p, rect, {.kind = BarKind::Held, .onSelected = onSelected}, c);
    } else {
        drawBox(p, rect, 2, glyphColor(c, status));
    }
}

}  // namespace cerebral::ui
