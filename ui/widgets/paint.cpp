#include "ui/widgets/paint.h"

#include <QFontMetricsF>
#include <cmath>

#include "ui/widgets/mono_text.h"

namespace cerebral::ui {

void drawBox(QPainter& p, const QRectF& rect, double radius, const QColor& fill, const QColor& line, double width) {
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (line.isValid()) {
        p.setPen(QPen(line, width));
        const double inset = width / 2;
        p.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset);
    } else {
        p.setPen(Qt::NoPen);
        p.drawRoundedRect(rect, radius, radius);
    }
    p.restore();
}

void drawFocusRing(QPainter& p, const QRectF& rect, double radius, const Theme& theme) {
    drawBox(p, rect, radius, QColor(), theme.colors().focus, 2);
}

void drawBottomLine(QPainter& p, const QRect& rect, const QColor& color) {
    p.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color);
}

double drawText(QPainter& p, const QRectF& rect, const QFont& font, const QColor& color, const QString& text,
                Qt::Alignment alignment, Qt::TextElideMode elide) {
    if (text.isEmpty() || rect.width() <= 0) return 0;
    const QFontMetricsF metrics(font);
    // A width measured to a fraction of a pixel must not cut its own text.
    const QString shown = metrics.elidedText(text, elide, std::ceil(rect.width()) + 0.5);
    const double width = metrics.horizontalAdvance(shown);
    double x = rect.left();
    if (alignment & Qt::AlignRight) x = rect.right() - width;
    if (alignment & Qt::AlignHCenter) x = rect.center().x() - width / 2;
    p.setFont(font);
    p.setPen(color);
    const QPointF baseline(x, rect.center().y() + (metrics.ascent() - metrics.descent()) / 2);
    if (font.fixedPitch()) {
        drawMono(p, baseline, font, metrics.horizontalAdvance(QLatin1Char('0')), shown);
    } else {
        p.drawText(baseline, shown);
    }
    return width;
}

double textWidth(const QFont& font, const QString& text) {
    return QFontMetricsF(font).horizontalAdvance(text);
}

QString plainTip(const QString& text) {
    if (text.isEmpty()) return {};
    return QStringLiteral("<p style='white-space:pre'>") + text.toHtmlEscaped() + QStringLiteral("</p>");
}

int keyCapWidth(const Theme& theme, const QString& text) {
    return qRound(textWidth(theme.fonts().tiny, text)) + theme.px(10);
}

void drawKeyCap(QPainter& p, const QRectF& rect, const Theme& theme, const QString& text) {
    const Colors& c = theme.colors();
    const double height = theme.px(18);
    const QRectF cap(rect.left(), rect.center().y() - height / 2, rect.width(), height);
    drawBox(p, cap, 4, c.bgCanvas, c.lineDefault);
    drawText(p, cap, theme.fonts().tiny, c.text3, text, Qt::AlignHCenter);
}

}  // namespace cerebral::ui
