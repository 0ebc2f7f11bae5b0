#include "ui/theme/bars.h"

#include <QPainterPath>
#include <algorithm>

namespace cerebral::ui {
namespace {

void fillRounded(QPainter& p, const QRectF& rect, const QColor& color) {
    if (rect.width() <= 0) return;
    p.setBrush(color);
    const double radius = std::min(2.0, rect.width() / 2);
    p.drawRoundedRect(rect, radius, radius);
}

QRectF leftPart(const QRectF& rect, double part) {
    QRectF left = rect;
    left.setWidth(std::max(2.0, rect.width() * std::clamp(part, 0.0, 1.0)));
    return left;
}

}  // namespace

void drawHatch(QPainter& p, const QRectF& rect, const QColor& stripe, const QColor& ground, double on, double off,
               double radius) {
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(rect, radius, radius);
    p.setClipPath(shape, Qt::IntersectClip);
    p.fillRect(rect, ground);
    // Widths are measured across the stripe; along x a 45° stripe is √2 wider.
    const double step = (on + off) * 1.41421356;
    const double width = on * 1.41421356;
    p.setPen(Qt::NoPen);
    p.setBrush(stripe);
    for (double x = rect.left() - rect.height(); x < rect.right(); x += step) {
        const QPolygonF band({QPointF(x, rect.bottom()), QPointF(x + width, rect.bottom()),
                              QPointF(x + width + rect.height(), rect.top()),
                              QPointF(x + rect.height(), rect.top())});
        p.drawPolygon(band);
    }
    p.restore();
}

void drawBar(QPainter& p, const QRectF& rect, const Bar& bar, const Colors& c) {
    const QColor track = bar.onSelected ? c.bgGhost : c.bgTrack;
    const QColor ghost = bar.onSelected ? c.lineStrong : c.bgGhost;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    switch (bar.kind) {
        case BarKind::Done:
            fillRounded(p, rect, c.okQuiet);
            break;
        case BarKind::Live:
            fillRounded(p, rect, c.ok.solid);
            break;
        case BarKind::Running:
            fillRounded(p, rect, track);
            if (bar.ghost > 0) fillRounded(p, leftPart(rect, bar.ghost), ghost);
            fillRounded(p, leftPart(rect, bar.fill), c.run.solid);
            break;
        case BarKind::Failed:
            fillRounded(p, rect, track);
            fillRounded(p, leftPart(rect, bar.fill), c.bad.solid);
            break;
        case BarKind::Cancelled:
            fillRounded(p, rect, track);
            fillRounded(p, leftPart(rect, bar.fill), c.off.solid);
            break;
        case BarKind::Stuck:
            drawHatch(p, rect, c.stuck.solid, c.stuck.tint, 2.8, 1.4);
            break;
        case BarKind::Held:
            drawHatch(p, rect, c.bgGhost, c.bgTrack, 2.8, 1.4);
            break;
        case BarKind::Pending:
        case BarKind::Skipped: {
            p.setRenderHint(QPainter::Antialiasing, false);
            const double y = rect.center().y() - 1;
            if (bar.kind == BarKind::Pending) {
                p.fillRect(QRectF(rect.left(), y, rect.width(), 2), track);
            } else {
                for (double x = rect.left(); x < rect.right(); x += 8) {
                    p.fillRect(QRectF(x, y, std::min(4.0, rect.right() - x), 2), c.skip.solid);
                }
            }
            break;
        }
    }
    p.restore();
}

}  // namespace cerebral::ui
