#include "core/journey/journey.h"

#include <algorithm>

namespace cerebral::journey {
namespace {

bool hasBegun(StageState state) {
    return state != StageState::Unknown && state != StageState::Pending && state != StageState::Skipped;
}

/// How much a stage of one service says about the stage of all: the higher wins.
int weight(StageState state) {
    switch (state) {
        case StageState::Failed:
            return 8;
        case StageState::Stuck:
            return 7;
        case StageState::Cancelled:
            return 6;
        case StageState::Running:
            return 5;
        case StageState::Pending:
            return 4;
        case StageState::Unknown:
            return 3;
        case StageState::Replaced:
            return 2;
        case StageState::Done:
            return 1;
        case StageState::Skipped:
            return 0;
    }
    return 3;
}

}  // namespace

Stage ServiceJourney::reached() const {
    for (auto it = kStages.rbegin(); it != kStages.rend(); ++it) {
        if (hasBegun(stage(*it).state)) return *it;
    }
    return Stage::Received;
}

std::optional<Stage> ServiceJourney::stoppedIn() const {
    for (const Stage which : kStages) {
        const StageState state = stage(which).state;
        if (state == StageState::Failed || state == StageState::Cancelled || state == StageState::Stuck) return which;
    }
    return std::nullopt;
}

bool ServiceJourney::givesWay() const {
    return replacedBy && stage(Stage::Live).state == StageState::Running;
}

bool ServiceJourney::isOver() const {
    if (givesWay()) return true;
    const StageState liveState = stage(Stage::Live).state;
    if (journey::isOver(liveState)) return liveState != StageState::Skipped || tekton::isFinished(runState);
    const auto stopped = stoppedIn();
    return stopped && stage(*stopped).state != StageState::Stuck;
}

const ServiceJourney* Push::find(std::string_view service) const {
    const auto it = std::find_if(services.begin(), services.end(),
                                 [&](const ServiceJourney& journey) { return journey.service == service; });
    return it == services.end() ? nullptr : &*it;
}

StageSummary summarize(const Push& push, Stage stage) {
    StageSummary summary;
    bool over = !push.services.empty();
    int heaviest = -1;
    for (const ServiceJourney& service : push.services) {
        const StageStatus& status = service.stage(stage);
        // One done and another not begun: the stage as a whole is under way.
        if (weight(status.state) > heaviest) {
            heaviest = weight(status.state);
            summary.state = status.state;
        }
        over = over && isOver(status.state);
        if (status.state == StageState::Skipped) continue;
        ++summary.total;
        if (status.state == StageState::Done) ++summary.done;
        if (status.start && (!summary.start || status.start->at < *summary.start)) summary.start = status.start->at;
        if (status.end && (!summary.end || status.end->at > *summary.end)) summary.end = status.end->at;
    }
    if (!over) summary.end.reset();
    if (summary.state == StageState::Pending && summary.done > 0) summary.state = StageState::Running;
    return summary;
}

}  // namespace cerebral::journey
