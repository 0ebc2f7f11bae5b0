#pragma once
/// @file RunCasting: one finished run, its TaskRuns, pods and logs, as molds.

#include <memory>
#include <string>
#include <vector>

#include "app/demo/past/past_plan.h"
#include "app/demo/sim/log_store.h"
#include "app/demo/sim/world.h"
#include "app/demo/store/object.h"

namespace cerebral::demo {

struct CastObject {
    const ResourceKind* kind = nullptr;
    std::string suffix;  ///< of its name, behind the run's
    std::uint32_t uid = 0, ownerUid = 0;
    std::shared_ptr<const ObjectMold> mold;
    std::string container;               ///< of pods: whose log `log` is
    std::shared_ptr<const PastLog> log;  ///< of pods
};

struct RunCasting {
    std::vector<CastObject> objects;  ///< the PipelineRun first, with UID 0
};

/// Rehearses each outcome once, at the world's speed. By PastOutcome.
[[nodiscard]] std::vector<RunCasting> castRuns(const World& world);

/// The values of one run, in the order the castings expect. `digest`: of the image it built.
[[nodiscard]] std::vector<std::string> castingTexts(const PastRun& run, const std::string& digest);

}  // namespace cerebral::demo
