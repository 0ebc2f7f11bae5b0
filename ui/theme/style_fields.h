#pragma once
/// @file Fields of DeskStyle: line edits, combo boxes with their lists, spin boxes.
///
/// All are 28 high (scaled with the text), radius 6, one line; the focus is a line of 2 px inside.

#include <QAbstractItemDelegate>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QStyleOptionSpinBox>

#include "ui/theme/theme.h"

namespace cerebral::ui {

constexpr int kArrowColumn = 28;
constexpr int kSpinColumn = 22;
constexpr int kFieldSide = 8;

void drawField(const QStyleOption& option, QPainter& painter, bool bad, const Theme& theme);

void drawComboBox(const QStyleOptionComboBox& box, QPainter& painter, const Theme& theme);
void drawComboLabel(const QStyleOptionComboBox& box, QPainter& painter, const Theme& theme);
[[nodiscard]] QRect comboPart(const QStyleOptionComboBox& box, QStyle::SubControl part);

void drawSpinBox(const QStyleOptionSpinBox& box, QPainter& painter, const Theme& theme);
[[nodiscard]] QRect spinPart(const QStyleOptionSpinBox& box, QStyle::SubControl part);

/// Rows of the list below a combo box or a field; belongs to `parent`.
[[nodiscard]] QAbstractItemDelegate* makeComboRows(const Theme& theme, QObject* parent,
                                                   QFont Fonts::*font = &Fonts::body);

}  // namespace cerebral::ui
