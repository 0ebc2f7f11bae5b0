#pragma once
/// @file Text from outside as Markdown code it cannot leave (CommonMark 0.30 sections 4.5 and 6.1).

#include <span>
#include <string>
#include <string_view>

namespace cerebral::analysis::markdown {

/// A code span on one line; line feeds become blanks. "`` ` ``" for empty text is avoided: it gives "".
[[nodiscard]] std::string code(std::string_view text);
/// A fenced block that ends with a line feed.
[[nodiscard]] std::string fence(std::span<const std::string> lines);

}  // namespace cerebral::analysis::markdown
