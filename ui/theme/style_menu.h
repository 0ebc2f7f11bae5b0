#pragma once
/// @file Menus of DeskStyle: rows of 28 with room for a mark, keys at the right.

#include <QStyleOptionMenuItem>

#include "ui/theme/theme.h"

namespace cerebral::ui {

void drawMenuItem(const QStyleOptionMenuItem& item, QPainter& painter, const Theme& theme);
[[nodiscard]] QSize menuItemSize(const QStyleOptionMenuItem& item, const Theme& theme);

}  // namespace cerebral::ui
