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

/// Of a line edit, while the list of its offers is open: it is typed in though the list may have the focus.
inline constexpr const char* kOffering = "offering";
void drawField(const QStyleOption& option, QPainter& painter, const QWidget* field, const Theme& theme);

void drawComboBox(const QStyleOptionComboBox& box, QPainter& painter, const Theme& theme);
void drawComboLabel(const QStyleOptionComboBox& box, QPainter& painter, const Theme& theme);
[[nodiscard]] QRect comboPart(const QStyleOptionComboBox& box, QStyle::SubControl part);

void drawSpinBox(const QStyleOptionSpinBox& box, QPainter& painter, const Theme& theme);
[[nodiscard]] QRect spinPart(const QStyleOptionSpinBox& box, QStyle::SubControl part);

/// Rows of the list below a combo box or a field; belongs to `parent`. `icon`: of the field, before the text that the
/// rows stand under.
[[nodiscard]] QAbstractItemDelegate* makeComboRows(const Theme& theme, QObject* parent,
                                                   QFont Fonts::*font = &Fonts::body, double icon = 0);

}  // namespace cerebral::ui
