#pragma once
/// @file ByteFinder: where a text occurs in many bytes, ASCII letters of either case alike.

#include <array>
#include <string>
#include <string_view>

namespace cerebral::ui {

/// Boyer-Moore-Horspool over folded bytes: skips by the needle's length where nothing matches.
class ByteFinder {
public:
    explicit ByteFinder(std::string_view needle);
    /// Offset of the first match at or behind `from`; npos when there is none.
    [[nodiscard]] std::size_t next(std::string_view text, std::size_t from) const;

private:
    [[nodiscard]] bool equals(const char* text) const;

    std::string needle_;
    std::array<unsigned char, 256> folded_{};
    std::array<std::size_t, 256> skip_{};  ///< by the byte as it stands in the text
};

}  // namespace cerebral::ui
