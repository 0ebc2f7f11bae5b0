#pragma once
/// @file --dry-run: what would be built for a payload, and with which PipelineRun. Touches nothing.

#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/config/config.h"

namespace cerebral::receiver {

/// The decision with its reasons as comments, then one YAML document for each PipelineRun.
Result<std::string> dryRun(std::string_view payload, const config::Config& config, WallTime now);

}  // namespace cerebral::receiver
