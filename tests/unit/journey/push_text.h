#pragma once
/// @file Pushes as text, for golden files and for showing a difference.

#include <string>
#include <vector>

#include "core/journey/journey.h"

namespace cerebral::test {

/// "Rollout done 07:02:37Z..07:02:43Z TaskRun/x <detail>"
[[nodiscard]] std::string describe(journey::Stage stage, const journey::StageStatus& status);
/// "Received:skipped Clone:done …"
[[nodiscard]] std::string stageWords(const journey::ServiceJourney& service);
[[nodiscard]] std::string describe(const journey::Push& push);
[[nodiscard]] std::string describe(const std::vector<journey::PushPtr>& pushes);

}  // namespace cerebral::test
