#pragma once
/// @file What the palette offers in a window: actions on the current object first, then pages, pushes, runs.

#include <vector>

#include "ui/widgets/command_palette.h"

namespace cerebral::ui {

class MainWindow;

[[nodiscard]] PaletteOffer paletteEntries(MainWindow& window, const QString& query);

}  // namespace cerebral::ui
