#pragma once
/// @file Tabular figures: Qt 6.4 cannot ask a font for them, so each digit is centred in a cell as
/// wide as the font's widest digit. Use wherever a number ticks or stands in a column.

#include <QFont>
#include <QPainter>
#include <QString>

namespace cerebral::ui {

[[nodiscard]] double tabularWidth(const QFont& font, const QString& text);
/// Paints with the painter's pen, vertically centred in `rect`. `alignment`: AlignLeft, AlignRight or
/// AlignHCenter.
void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QFont& font,
                 const QString& text);

}  // namespace cerebral::ui
