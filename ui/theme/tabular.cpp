#include "ui/theme/tabular.h"

#include <QFontMetricsF>
#include <QHash>
#include <algorithm>

namespace cerebral::ui {
namespace {

double digitCell(const QFontMetricsF& metrics) {
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    }
    return widest;
}

}  // namespace

double tabularWidth(const QFont& font, const QString& text) {
    const QFontMetricsF metrics(font);
    const double cell = digitCell(metrics);
    double width = 0;
    for (const QChar ch : text) width += ch.isDigit() ? cell : metrics.horizontalAdvance(ch);
    return width;
}

void drawTabular(QPainter& p, const QRectF& rect, Qt::Alignment alignment, const QFont& font, const QString& text) {
    const QFontMetricsF metrics(font);
    const double cell = digitCell(metrics);
    double x = rect.left();
    if (alignment & Qt::AlignRight) x = rect.right() - tabularWidth(font, text);
    if (alignment & Qt::AlignHCenter) x = rect.center().x() - tabularWidth(font, text) / 2;
    const double y = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    p.setFont(font);
    // Runs of other characters are drawn whole, so that kerning and surrogates stay right.
    qsizetype i = 0;
    while (i < text.size()) {
        if (text[i].isDigit()) {
            const double advance = metrics.horizontalAdvance(text[i]);
            p.drawText(QPointF(x + (cell - advance) / 2, y), QString(text[i]));
            x += cell;
            ++i;
            continue;
        }
        qsizetype end = i;
        while (end < text.size() && !text[end].isDigit()) ++end;
        const QString piece = text.mid(i, end - i);
        p.drawText(QPointF(x, y), piece);
        for (const QChar ch : piece) x += metrics.horizontalAdvance(ch);
        i = end;
    }
}

}  // namespace cerebral::ui
