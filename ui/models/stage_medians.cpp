#include "ui/models/stage_medians.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/models/format.h"

namespace cerebral::ui {
namespace {
constexpr std::size_t kOf = 20;
constexpr std::size_t kLeast = 5;
}  // namespace

void StageMedians::learn(const journey::ServiceJourney& journey) {
    for (const journey::Stage stage : journey::kStages) {
        const journey::StageStatus& status = journey.stage(stage);
        const auto duration = status.duration();
        if (status.state != journey::StageState::Done || !duration || !status.end) continue;
        Last& last = last_[journey.service][journey::indexOf(stage)];
        last.emplace(toMillis(status.end->at), duration->count());
        if (last.size() > kOf) last.erase(last.begin());
    }
}

void StageMedians::keepScale(const journey::ServiceJourney& journey) {
    const auto stage = journey.stoppedIn();
    if (!stage || journey.runUid.empty() || !journey.stage(*stage).duration()) return;
    stopped_.try_emplace({journey.runUid, *stage}, medianMs(journey.service, *stage));
}

std::optional<qint64> StageMedians::quantile(const std::string& service, journey::Stage stage, double part) const {
    const auto it = last_.find(service);
    if (it == last_.end()) return std::nullopt;
    const Last& last = it->second[journey::indexOf(stage)];
    if (last.size() < kLeast) return std::nullopt;
    std::vector<qint64> values;
    for (const auto& [end, duration] : last) values.push_back(duration);
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(std::floor(part * static_cast<double>(values.size() - 1)))];
}

std::optional<qint64> StageMedians::medianMs(const std::string& service, journey::Stage stage) const {
    return quantile(service, stage, 0.5);
}

std::optional<qint64> StageMedians::stoppedMedianMs(const journey::ServiceJourney& journey,
                                                    journey::Stage stage) const {
    const auto seen = stopped_.find({journey.runUid, stage});
    return seen != stopped_.end() ? seen->second : medianMs(journey.service, stage);
}

std::optional<qint64> StageMedians::p95Ms(const std::string& service, journey::Stage stage) const {
    return quantile(service, stage, 0.95);
}

}  // namespace cerebral::ui
