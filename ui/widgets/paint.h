#pragma once
/// @file The few shapes every widget is made of: 1 px lines snapped to device pixels, rounded boxes,
/// the focus ring, elided text.

#include <QPainter>
#include <QString>

#include "ui/theme/theme.h"

namespace cerebral::ui {

/// Fill and 1 px border inside `rect`. An invalid colour leaves that part out.
void drawBox(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& line = {},
             double lineWidth = 1);
/// 2 px ring along the inside of `rect`.
void drawFocusRing(QPainter& painter, const QRectF& rect, double radius, const Theme& theme);
/// One physical line along the bottom (or right) edge.
void drawBottomLine(QPainter& painter, const QRect& rect, const QColor& color);

/// Single line, vertically centred; too long text is elided. Returns the width that was used.
double drawText(QPainter& painter, const QRectF& rect, const QFont& font, const QColor& color, const QString& text,
                Qt::Alignment alignment = Qt::AlignLeft, Qt::TextElideMode elide = Qt::ElideRight);
[[nodiscard]] double textWidth(const QFont& font, const QString& text);
/// Width of a key cap with this text.
[[nodiscard]] int keyCapWidth(const Theme& theme, const QString& text);
/// For setToolTip and QToolTip: shown as it stands, whatever is in it; lines break where they break.
[[nodiscard]] QString plainTip(const QString& text);
/// As high as its text needs, in the middle of `rect`.
void drawKeyCap(QPainter& painter, const QRectF& rect, const Theme& theme, const QString& text);

}  // namespace cerebral::ui
