#pragma once
/// @file What the parts of DeskStyle share: the flat rounded frame of every control.

#include <QColor>
#include <QPainter>
#include <QRect>

namespace cerebral::ui {

/// A border of `width` px inside `rect`, filled with `ground`.
inline void drawFrame(QPainter& p, const QRect& rect, const QColor& line, const QColor& ground, double radius,
                      double width = 1) {
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(line.alpha() == 0 ? QPen(Qt::NoPen) : QPen(line, width));
    p.setBrush(ground);
    const double inset = width / 2;
    p.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset);
    p.restore();
}

}  // namespace cerebral::ui
