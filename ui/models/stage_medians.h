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
    /// Of a journey that stopped: its stage is measured by what is known now, for good. What is over does not move.
    void keepScale(const journey::ServiceJourney& journey);
    [[nodiscard]] std::optional<qint64> medianMs(const std::string& service, journey::Stage stage) const;
    /// What a stage that stopped is measured by.
    [[nodiscard]] std::optional<qint64> stoppedMedianMs(const journey::ServiceJourney& journey,
                                                        journey::Stage stage) const;
    [[nodiscard]] std::optional<qint64> p95Ms(const std::string& service, journey::Stage stage) const;

private:
    /// (end, duration), ordered by end: the newest twenty.
    using Last = std::set<std::pair<qint64, qint64>>;
    [[nodiscard]] std::optional<qint64> quantile(const std::string& service, journey::Stage stage, double part) const;
    std::map<std::string, std::array<Last, journey::kStageCount>> last_;
    std::map<std::pair<std::string, journey::Stage>, std::optional<qint64>> stopped_;  ///< by the run's uid
};

}  // namespace cerebral::ui
