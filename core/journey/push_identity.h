#pragma once
/// @file Which push a run belongs to, and what its labels and annotations say of it. Private to core/journey.

#include <string>
#include <string_view>

#include "core/journey/journey.h"
#include "core/journey/push_book.h"

namespace cerebral::journey {

/// Empty for a run that builds no service of the platform: it belongs to no push.
[[nodiscard]] std::string serviceOf(const tekton::PipelineRun& run);
[[nodiscard]] ObjectRef deploymentOf(const tekton::PipelineRun& run, const JourneyRules& rules);
/// 40 hex digits; empty when the run does not say.
[[nodiscard]] std::string commitOf(const tekton::PipelineRun& run);
[[nodiscard]] std::optional<WallTime> receivedAtOf(const tekton::PipelineRun& run);
/// Runs with the same key are of one push.
[[nodiscard]] std::string pushKeyOf(const tekton::PipelineRun& run);
[[nodiscard]] std::string pushKeyOf(const DeliveryRecord& delivery);
/// "refs/heads/main" → "main".
[[nodiscard]] std::string branchOfRef(std::string_view ref);

/// Everything of the push but its services, out of one of its runs.
void describePush(const tekton::PipelineRun& run, Push& push);
void describePush(const DeliveryRecord& delivery, Push& push);

}  // namespace cerebral::journey
