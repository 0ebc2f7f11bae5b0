#pragma once
/// @file Monospaced text on a grid: one cell per character, no ligatures, whatever the font offers.

#include <QFont>
#include <QPainter>
#include <QString>

namespace cerebral::ui {

/// With the painter's pen. `at`: left end of the baseline; every UTF-16 unit takes `cell`.
void drawMono(QPainter& painter, const QPointF& at, const QFont& font, double cell, QStringView text);

}  // namespace cerebral::ui
