#pragma once
/// @file The tabs and states of one run, for the tour.

#include <vector>

#include "ui/pages/tour_scenes.h"

namespace cerebral::ui {

/// Of the runs the cluster holds: one under way, one that succeeded, one that failed, one that is stuck.
void addRunScenes(std::vector<TourScene>& scenes, MainWindow& window);

}  // namespace cerebral::ui
