#pragma once
/// @file What accounts with fewer rights see, for the tour.

#include <vector>

#include "ui/pages/tour_scenes.h"

namespace cerebral::ui {

/// Switches to the contexts of the demonstration's other accounts and back again; nothing where they are missing.
void addAccountScenes(std::vector<TourScene>& scenes, MainWindow& window);

}  // namespace cerebral::ui
