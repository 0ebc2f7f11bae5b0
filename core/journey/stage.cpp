#include "core/journey/stage.h"

namespace cerebral::journey {

const char* toString(Stage stage) noexcept {
    switch (stage) {
        case Stage::Received:
            return "Received";
        case Stage::Clone:
            return "Clone";
        case Stage::Build:
            return "Build";
        case Stage::Image:
            return "Image";
        case Stage::Rollout:
            return "Rollout";
        case Stage::Live:
            return "Live";
    }
    return "Unknown";
}

const char* toString(StageState state) noexcept {
    switch (state) {
        case StageState::Unknown:
            return "unknown";
        case StageState::Pending:
            return "pending";
        case StageState::Running:
            return "running";
        case StageState::Stuck:
            return "stuck";
        case StageState::Done:
            return "done";
        case StageState::Failed:
            return "failed";
        case StageState::Cancelled:
            return "cancelled";
        case StageState::Skipped:
            return "skipped";
        case StageState::Replaced:
            return "replaced";
    }
    return "unknown";
}

bool isOver(StageState state) noexcept {
    switch (state) {
        case StageState::Done:
        case StageState::Failed:
        case StageState::Cancelled:
        case StageState::Skipped:
        case StageState::Replaced:
            return true;
        default:
            return false;
    }
}

std::optional<std::chrono::milliseconds> StageStatus::duration() const {
    if (!start || !end || !journey::isOver(state)) return std::nullopt;
    const auto length = std::chrono::duration_cast<std::chrono::milliseconds>(end->at - start->at);
    // Clocks of two machines: what ends before it begins took no time that could be told.
    return length.count() < 0 ? std::nullopt : std::optional(length);
}

}  // namespace cerebral::journey
