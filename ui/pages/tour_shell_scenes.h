#pragma once
/// @file What stands above the pages: dialogs, menus, the palette and notices, for the tour.

#include <vector>

#include "ui/pages/tour_scenes.h"

namespace cerebral::ui {

void addShellScenes(std::vector<TourScene>& scenes, MainWindow& window);
/// Rebuilds what failed last, once for every opening of the dialog that shows the created runs.
void addRebuildResultScene(std::vector<TourScene>& scenes, MainWindow& window);

}  // namespace cerebral::ui
