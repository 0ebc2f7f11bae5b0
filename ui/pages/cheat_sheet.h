#pragma once
/// @file The cheat sheet (`?`): every key, as the window really has them.

#include "ui/theme/theme.h"

class QWidget;

namespace cerebral::ui {

void openCheatSheet(const Theme& theme, bool letterKeys, QWidget& window);

}  // namespace cerebral::ui
