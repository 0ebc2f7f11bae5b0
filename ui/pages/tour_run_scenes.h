#pragma once
/// @file The tabs and states of one run, for the tour.

#include <vector>

#include "ui/pages/tour_scenes.h"

namespace cerebral::ui {

/// Of runs that go on: one under way, one that is stuck. Chosen anew whenever the scene is shown.
void addLiveRunScenes(std::vector<TourScene>& scenes, MainWindow& window);
/// Of runs that are over: one that succeeded, one that failed, one that was cancelled.
void addRunScenes(std::vector<TourScene>& scenes, MainWindow& window);

}  // namespace cerebral::ui
