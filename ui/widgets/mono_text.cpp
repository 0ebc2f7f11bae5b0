#include "ui/widgets/mono_text.h"

#include <QGlyphRun>
#include <QRawFont>
#include <QVector>

namespace cerebral::ui {

void drawMono(QPainter& p, const QPointF& at, const QFont& font, double cell, QStringView text) {
    const QRawFont raw = QRawFont::fromFont(font);
    // Indexes come without shaping, one for each character: "==" stays two signs.
    QVector<quint32> indexes(text.size());
    int count = static_cast<int>(text.size());
    const bool usable =
        raw.isValid() && raw.glyphIndexesForChars(text.data(), count, indexes.data(), &count) && count == text.size();
    QVector<quint32> glyphs;
    QVector<QPointF> places;
    p.setFont(font);
    qsizetype i = 0;
    while (i < text.size()) {
        if (usable && indexes[i] != 0) {
            if (text[i] != QLatin1Char(' ')) {
                glyphs.append(indexes[i]);
                places.append(QPointF(static_cast<double>(i) * cell, 0));
            }
            ++i;
            continue;
        }
        // Not in this font, or part of a pair: shaped, so that another font can help.
        qsizetype end = i + 1;
        while (end < text.size() && (!usable || indexes[end] == 0)) ++end;
        p.drawText(QPointF(at.x() + static_cast<double>(i) * cell, at.y()), text.mid(i, end - i).toString());
        i = end;
    }
    if (glyphs.isEmpty()) return;
    QGlyphRun run;
    run.setRawFont(raw);
    run.setGlyphIndexes(glyphs);
    run.setPositions(places);
    p.drawGlyphRun(at, run);
}

}  // namespace cerebral::ui
