#pragma once
/// @file JSON as YAML for people: block style, texts quoted wherever YAML could read something else.

#include <string>
#include <string_view>

namespace cerebral::pipeline {

/// `json` must be valid JSON. Ends with a line break.
[[nodiscard]] std::string yamlFromJson(std::string_view json);

}  // namespace cerebral::pipeline
