#include "app/demo/sim/churn.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cerebral::demo {
namespace {

constexpr std::size_t kRuns = 500;
constexpr std::chrono::milliseconds kStep{5};
constexpr std::chrono::milliseconds kCatchUp{50};
constexpr const char* kAnnotation = "demo.cerebral.baerautotech.com/churn";

}  // namespace

Churn::Churn(World& world, std::size_t perSecond) : world_(world), perSecond_(perSecond) {
    for (const ObjectPtr& run : world.store.list(kindNamed("PipelineRun"), kPipelineNs, {}, {}, kRuns).objects)
        names_.push_back(run->name);
}

void Churn::start() {
    last_ = world_.scheduler.clock().steadyNow();
    if (!names_.empty()) step();
}

void Churn::step() {
    // What could not be done in time is left out: catching up would keep everything else waiting.
    const SteadyTime now = world_.scheduler.clock().steadyNow();
    const std::chrono::duration<double> passed = std::min<SteadyTime::duration>(now - last_, kCatchUp);
    last_ = now;
    owed_ += passed.count() * static_cast<double>(perSecond_);
    for (; owed_ >= 1.0; owed_ -= 1.0, ++done_) {
        (void)world_.store.update(kindNamed("PipelineRun"), kPipelineNs, names_[done_ % names_.size()],
                                  [this](Json& tree) {
                                      tree["metadata"]["annotations"][kAnnotation] = std::to_string(done_);
                                      return true;
                                  });
    }
    world_.scheduler.afterUnscaled(kStep, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->step();
    });
}

}  // namespace cerebral::demo
