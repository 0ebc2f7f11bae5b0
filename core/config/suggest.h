#pragma once
/// @file Did you mean: the known word nearest to a mistyped one.

#include <span>
#include <string>
#include <string_view>

namespace cerebral::config {

/// `; did you mean "baseTag"?`, or empty when nothing is near (more than a third of it differs).
[[nodiscard]] std::string didYouMean(std::string_view word, std::span<const std::string_view> known);

}  // namespace cerebral::config
