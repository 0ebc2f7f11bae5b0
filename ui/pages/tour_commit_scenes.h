#pragma once
/// @file What "Is my commit live?" can answer, for the tour.

#include <vector>

#include "ui/pages/tour_scenes.h"

namespace cerebral::ui {

/// Of the answers that some commit of the cluster gets: asked for one push after the other until one gets it.
void addCommitScenes(std::vector<TourScene>& scenes, MainWindow& window);

}  // namespace cerebral::ui
