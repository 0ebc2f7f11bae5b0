#pragma once
/// @file Words at the head of a menu: they wrap, and cannot be chosen.

#include <QMenu>

#include "ui/theme/theme.h"

namespace cerebral::ui {

void addMenuHeading(QMenu& menu, const Theme& theme, const QString& text);

}  // namespace cerebral::ui
