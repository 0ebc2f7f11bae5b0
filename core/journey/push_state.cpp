#include <array>

#include "core/journey/journey.h"

namespace cerebral::journey {
namespace {

PushState stateOf(const ServiceJourney& service) {
    if (service.givesWay()) return PushState::Replaced;
    // What runs is the truth, whatever its run came to.
    switch (service.stage(Stage::Live).state) {
        case StageState::Done:
            return PushState::Live;
        case StageState::Replaced:
            return PushState::Replaced;
        default:
            break;
    }
    if (const auto stopped = service.stoppedIn()) {
        const StageState state = service.stage(*stopped).state;
        if (state == StageState::Failed) return PushState::Failed;
        if (state == StageState::Stuck) return PushState::Stuck;
        return service.supersededBy ? PushState::Superseded : PushState::Cancelled;
    }
    if (!tekton::isFinished(service.runState)) return PushState::Underway;
    switch (service.stage(Stage::Live).state) {
        case StageState::Skipped:
            return PushState::Built;
        case StageState::Running:
            return PushState::Underway;
        default:
            return service.stage(Stage::Rollout).state == StageState::Running ? PushState::Underway
                                                                              : PushState::Unknown;
    }
}

}  // namespace

const char* toString(PushState state) noexcept {
    switch (state) {
        case PushState::Unknown:
            return "unknown";
        case PushState::Underway:
            return "underway";
        case PushState::Stuck:
            return "stuck";
        case PushState::Failed:
            return "failed";
        case PushState::Live:
            return "live";
        case PushState::Built:
            return "built";
        case PushState::Replaced:
            return "replaced";
        case PushState::Superseded:
            return "superseded";
        case PushState::Cancelled:
            return "cancelled";
        case PushState::Ignored:
            return "ignored";
    }
    return "unknown";
}

PushState Push::state() const {
    if (services.empty()) return ignoredReason.empty() ? PushState::Underway : PushState::Ignored;
    std::array<bool, 10> found{};
    for (const ServiceJourney& service : services) found[static_cast<std::size_t>(stateOf(service))] = true;
    for (const PushState state :
         {PushState::Failed, PushState::Stuck, PushState::Underway, PushState::Unknown, PushState::Cancelled,
          PushState::Superseded, PushState::Replaced, PushState::Live}) {
        if (found[static_cast<std::size_t>(state)]) return state;
    }
    return PushState::Built;
}

}  // namespace cerebral::journey
