#include "app/demo/sim/churn.h"

#include <nlohmann/json.hpp>

namespace cerebral::demo {
namespace {

constexpr std::size_t kRuns = 500;
constexpr std::chrono::milliseconds kStep{5};
constexpr const char* kAnnotation = "demo.cerebral.baerautotech.com/churn";

}  // namespace

Churn::Churn(World& world, std::size_t perSecond) : world_(world), perSecond_(perSecond) {
    for (const ObjectPtr& run : world.store.list(kindNamed("PipelineRun"), kPipelineNs, {}, {}, kRuns).objects)
        names_.push_back(run->name);
}

void Churn::start() {
    begun_ = world_.scheduler.clock().steadyNow();
    if (!names_.empty()) step();
}

void Churn::step() {
    const std::chrono::duration<double> passed = world_.scheduler.clock().steadyNow() - begun_;
    const auto due = static_cast<std::uint64_t>(passed.count() * static_cast<double>(perSecond_));
    for (; done_ < due; ++done_) {
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
