#pragma once
/// @file What a reload changed, in the words of the configuration file.

#include <string>
#include <vector>

#include "core/config/config.h"

namespace cerebral::config {

/// Keys whose values differ, in the order of the documentation; services one by one:
/// "registry", "service ai-services", "service billing-services (new)", "service x (gone)".
[[nodiscard]] std::vector<std::string> changedKeys(const Config& before, const Config& after);

}  // namespace cerebral::config
