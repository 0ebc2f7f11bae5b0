#pragma once
/// @file Menus of DeskStyle: rows of 28 with room for a mark, keys at the right.

#include <QStyleOptionMenuItem>

#include "ui/theme/theme.h"

namespace cerebral::ui {

/// A property of a QAction: drawn as what cannot be done, yet it can be reached, and says why when it is triggered.
inline constexpr const char* kRefusedItem = "refused";

void drawMenuItem(const QStyleOptionMenuItem& item, QPainter& painter, const QWidget* menu, const Theme& theme);
[[nodiscard]] QSize menuItemSize(const QStyleOptionMenuItem& item, const Theme& theme);

}  // namespace cerebral::ui
