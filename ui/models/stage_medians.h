#pragma once
/// @file StageMedians: how long a stage of a service usually takes: the median of its last 20.
/// Below five there is none: no ghost, no estimate.

#include <QtGlobal>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/journey/journey.h"

namespace cerebral::ui {

class StageMedians {
public:
    /// Counts every finished stage once, however often the journey is seen.
    void learn(const journey::ServiceJourney& journey);
    [[nodiscard]] std::optional<qint64> medianMs(const std::string& service, journey::Stage stage) const;
    [[nodiscard]] std::optional<qint64> p95Ms(const std::string& service, journey::Stage stage) const;

private:
    /// (end, duration), ordered by end: the newest twenty.
    using Last = std::set<std::pair<qint64, qint64>>;
    [[nodiscard]] std::optional<qint64> quantile(const std::string& service, journey::Stage stage, double part) const;
    std::map<std::string, std::array<Last, journey::kStageCount>> last_;
};

}  // namespace cerebral::ui
