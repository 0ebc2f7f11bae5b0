#include "ui/theme/style_scroll_bar.h"

#include <QPainter>
#include <algorithm>

namespace cerebral::ui {

QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part) {
    const bool vertical = bar.orientation == Qt::Vertical;
    const int length = vertical ? bar.rect.height() : bar.rect.width();
    const int range = bar.maximum - bar.minimum;
    int thumb = length;
    if (range > 0) {
        const qint64 span = static_cast<qint64>(range) + bar.pageStep;
        thumb = static_cast<int>(std::max<qint64>(kLeastThumb, static_cast<qint64>(bar.pageStep) * length / span));
    }
    const int start = QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                                      std::max(0, length - thumb), bar.upsideDown);
    const auto along = [&](int from, int size) {
        return vertical ? QRect(0, from, bar.rect.width(), size) : QRect(from, 0, size, bar.rect.height());
    };
    switch (part) {
        case QStyle::SC_ScrollBarSlider:
            return along(start, thumb);
        case QStyle::SC_ScrollBarGroove:
            return bar.rect;
        case QStyle::SC_ScrollBarSubPage:
            return along(0, start);
        case QStyle::SC_ScrollBarAddPage:
            return along(start + thumb, std::max(0, length - start - thumb));
        default:
            return {};
    }
}

void drawScrollBar(const QStyleOptionSlider& bar, QPainter& p, const Theme& theme) {
    const Colors& c = theme.colors();
    if (bar.maximum <= bar.minimum) return;
    QRect thumb = scrollBarPart(bar, QStyle::SC_ScrollBarSlider);
    thumb = bar.orientation == Qt::Vertical ? thumb.adjusted(3, 2, -3, -2) : thumb.adjusted(2, 3, -2, -3);
    const bool active = (bar.state & (QStyle::State_Sunken | QStyle::State_MouseOver)) != 0;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(active ? c.lineStrong : c.bgGhost);
    p.drawRoundedRect(thumb, 3, 3);
    p.restore();
}

}  // namespace cerebral::ui
