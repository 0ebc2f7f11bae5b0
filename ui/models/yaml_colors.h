#pragma once
/// @file YAML with colours, as lines for a LogBuffer. The text stays exactly what it was.

#include <string>
#include <string_view>
#include <vector>

namespace cerebral::ui {

/// Keys, texts, numbers and comments of block-style YAML, marked with SGR sequences. Control characters of the
/// text are left out, so that it cannot colour itself.
[[nodiscard]] std::vector<std::string> colouredYaml(std::string_view yaml);

}  // namespace cerebral::ui
