#pragma once
/// @file The window before anything of it is there: rail, top bar and the page of pushes in grey, each where it will
/// stand.
///
/// Shapes alone, no text and no icon: whoever is the first to draw text loads the fonts, which takes as long as the
/// rest of a first frame.

#include <QPainter>

#include "ui/theme/theme.h"
#include "ui/widgets/strip.h"

namespace cerebral::ui {

/// Onto the window's background. `narrowRail`: as in a window that is not wide. `strips`: how wide the page draws
/// them.
void drawOpening(QPainter& painter, const QRect& window, const Theme& theme, bool narrowRail, WidthClass strips);

}  // namespace cerebral::ui
