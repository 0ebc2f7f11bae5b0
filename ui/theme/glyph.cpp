#include "ui/theme/glyph.h"

#include <QPainterPath>
#include <algorithm>
#include <array>

namespace cerebral::ui {
namespace {

QPen stroke(const QColor& color, double width, Qt::PenCapStyle cap = Qt::RoundCap) {
    return {color, width, Qt::SolidLine, cap, Qt::RoundJoin};
}

void octagon(QPainter& p, const QColor& color) {
    static constexpr std::array<QPointF, 8> corners{QPointF(5.1, 1),   QPointF(10.9, 1),  QPointF(15, 5.1),
                                                    QPointF(15, 10.9), QPointF(10.9, 15), QPointF(5.1, 15),
                                                    QPointF(1, 10.9),  QPointF(1, 5.1)};
    p.setPen(Qt::NoPen);
    p.setBrush(color);
    p.drawConvexPolygon(corners.data(), static_cast<int>(corners.size()));
}

void ring(QPainter& p, const QColor& color, const QColor& track, double progress) {
    const QRectF box(2.5, 2.5, 11, 11);
    p.setBrush(Qt::NoBrush);
    p.setPen(stroke(track, 2));
    p.drawEllipse(box);
    const double part = progress < 0 ? 0.25 : std::clamp(progress, 0.02, 1.0);
    p.setPen(stroke(color, 2, Qt::FlatCap));
    p.drawArc(box, 90 * 16, -static_cast<int>(part * 360 * 16));
    p.setPen(Qt::NoPen);
    p.setBrush(color);
    p.drawEllipse(QPointF(8, 8), 2, 2);
}

void check(QPainter& p, const QColor& disc, const QColor& ground) {
    p.setPen(Qt::NoPen);
    p.setBrush(disc);
    p.drawEllipse(QPointF(8, 8), 7, 7);
    p.setBrush(Qt::NoBrush);
    p.setPen(stroke(ground, 1.7));
    p.drawPolyline(QPolygonF({QPointF(4.9, 8.3), QPointF(7.1, 10.5), QPointF(11.1, 5.9)}));
}

void triangle(QPainter& p, const QColor& color, const QColor& ground) {
    p.setPen(stroke(color, 1));
    p.setBrush(color);
    p.drawPolygon(QPolygonF({QPointF(8, 1.6), QPointF(15.2, 14), QPointF(0.8, 14)}));
    p.setPen(stroke(ground, 1.7));
    p.drawLine(QPointF(8, 6), QPointF(8, 9.8));
    p.drawPoint(QPointF(8, 11.9));
}

}  // namespace

const StateColors& stateColors(const Colors& c, Status status) {
    switch (status) {
        case Status::Running:
            return c.run;
        case Status::Live:
        case Status::Succeeded:
            return c.ok;
        case Status::Failed:
        case Status::TimedOut:
            return c.bad;
        case Status::Stuck:
            return c.stuck;
        case Status::Cancelled:
        case Status::Cancelling:
            return c.off;
        case Status::Skipped:
            return c.skip;
        case Status::Pending:
        case Status::Held:
        case Status::HeldStuck:
            break;
    }
    return c.pend;
}

QColor glyphColor(const Colors& c, Status status, bool onSelected) {
    switch (status) {
        case Status::Succeeded:
            return onSelected ? c.ok.solid : c.okQuiet;
        case Status::Stuck:
            return onSelected ? c.stuck.text : c.stuck.solid;
        case Status::Pending:
        case Status::Held:
        case Status::HeldStuck:
        case Status::Skipped:
            return onSelected ? c.text3 : c.pend.solid;
        default:
            return stateColors(c, status).solid;
    }
}

QColor stateTextColor(const Colors& c, Status status) {
    return stateColors(c, status).text;
}

void drawGlyph(QPainter& p, const QRectF& rect, Status status, const Colors& c, const GlyphStyle& style) {
    const QColor color = glyphColor(c, status, style.onSelected);
    const QColor ground = style.ground.isValid() ? style.ground : c.bgCanvas;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.translate(rect.topLeft());
    p.scale(rect.width() / 16.0, rect.height() / 16.0);
    switch (status) {
        case Status::Running:
            ring(p, color, c.bgGhost, style.progress);
            break;
        case Status::Held:
            ring(p, color, c.bgGhost, style.progress);
            break;
        case Status::Live:
        case Status::Succeeded:
            check(p, color, ground);
            break;
        case Status::Failed:
            octagon(p, color);
            p.setPen(stroke(ground, 1.7));
            p.drawLine(QPointF(5.6, 5.6), QPointF(10.4, 10.4));
            p.drawLine(QPointF(10.4, 5.6), QPointF(5.6, 10.4));
            break;
        case Status::TimedOut:
            octagon(p, color);
            p.setPen(stroke(ground, 1.6));
            p.drawPolyline(QPolygonF({QPointF(8, 4.4), QPointF(8, 8), QPointF(10.4, 9.6)}));
            break;
        case Status::Stuck:
        case Status::HeldStuck:
            triangle(p, color, ground);
            break;
        case Status::Cancelled:
            p.setBrush(Qt::NoBrush);
            p.setPen(stroke(color, 1.8));
            p.drawEllipse(QPointF(8, 8), 6, 6);
            p.drawLine(QPointF(4, 12), QPointF(12, 4));
            break;
        case Status::Cancelling:
            p.setBrush(Qt::NoBrush);
            p.setPen(stroke(color, 1.8));
            p.drawArc(QRectF(2, 2, 12, 12), 0, -267 * 16);
            p.setPen(Qt::NoPen);
            p.setBrush(color);
            p.drawRoundedRect(QRectF(5.8, 5.8, 4.4, 4.4), 0.8, 0.8);
            break;
        case Status::Pending: {
            p.setBrush(Qt::NoBrush);
            p.setPen(stroke(color, 1.6, Qt::FlatCap));
            for (int dash = 0; dash < 6; ++dash) p.drawArc(QRectF(2, 2, 12, 12), dash * 60 * 16, -31 * 16);
            break;
        }
        case Status::Skipped:
            p.setBrush(Qt::NoBrush);
            p.setPen(stroke(color, 1.6));
            p.drawPolygon(QPolygonF({QPointF(8, 1.8), QPointF(14.2, 8), QPointF(8, 14.2), QPointF(1.8, 8)}));
            p.drawLine(QPointF(5.6, 8), QPointF(10.4, 8));
            break;
    }
    p.restore();
}

}  // namespace cerebral::ui
