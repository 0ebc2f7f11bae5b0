#pragma once
/// @file The past of the demo: thousands of finished runs with their TaskRuns, and pods and logs of the newest.
///
/// Each way a run can have gone is rehearsed once by the same simulation that runs live ones; what it leaves is
/// cast into molds, and every past run is a mold and its values.

#include <cstddef>

#include "app/demo/past/past_plan.h"
#include "app/demo/sim/world.h"

namespace cerebral::demo {

/// `pods`: how many pods of the newest runs are still there. After the landscape, before the controllers.
void loadPast(World& world, const PastPlan& plan, std::size_t pods);

}  // namespace cerebral::demo
