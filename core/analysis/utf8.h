#pragma once
/// @file Decoding UTF-8 that may be broken (Unicode 15, table 3-7; broken parts as in section 3.9).

#include <cstddef>
#include <string_view>

namespace cerebral::analysis {

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;  ///< at least 1: how far to go on, also when it is not valid
    bool valid = false;
};

/// The code point at `offset`, which must lie inside `text`.
[[nodiscard]] CodePoint decodeUtf8(std::string_view text, std::size_t offset) noexcept;

/// The longest beginning of `text` of at most `bytes` bytes that does not cut a code point.
[[nodiscard]] std::string_view cutUtf8(std::string_view text, std::size_t bytes) noexcept;

}  // namespace cerebral::analysis
