#pragma once
/// @file The template as a node of a larger file. Private to core/config.

#include "core/config/yaml_reader.h"

namespace cerebral::config {

/// JSON text; meaningless when it noted mistakes.
[[nodiscard]] std::string readRunTemplate(const YAML::Node& node, Mistakes& mistakes);

}  // namespace cerebral::config
