#pragma once
/// @file Plain text: a line of data from outside, made fit for terminals, logs, labels and annotations.
///
/// Commit messages, branch and file names are written by whoever may push. Terminal escape sequences
/// (ECMA-48: CSI, OSC and the other strings) are dropped whole, control characters and line breaks
/// become spaces, bidirectional overrides are dropped, what is not UTF-8 becomes U+FFFD.

#include <cstddef>
#include <string>
#include <string_view>

namespace cerebral {

inline constexpr std::size_t kWholeLine = static_cast<std::size_t>(-1);

/// At most `maxCodePoints`, the last one being "…" when something was cut off.
[[nodiscard]] std::string plainLine(std::string_view text, std::size_t maxCodePoints = kWholeLine);

/// What stands before the first line break.
[[nodiscard]] std::string_view firstLine(std::string_view text) noexcept;

}  // namespace cerebral
