#pragma once
/// @file Small questions about text that several analysers ask. ASCII only where case is ignored.

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace cerebral::analysis::text {

[[nodiscard]] constexpr bool isDigit(char c) noexcept {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
[[nodiscard]] constexpr bool isUpper(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr bool isLetter(char c) noexcept {
    return lower(c) >= 'a' && lower(c) <= 'z';
}
[[nodiscard]] constexpr bool isWord(char c) noexcept {
    return isLetter(c) || isDigit(c) || c == '_';
}
[[nodiscard]] constexpr bool isHex(char c) noexcept {
    return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}
[[nodiscard]] constexpr bool isBlank(char c) noexcept {
    return c == ' ' || c == '\t';
}

[[nodiscard]] constexpr bool equalsIgnoringCase(std::string_view left, std::string_view right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}
[[nodiscard]] constexpr bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) noexcept {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view other) { return equalsIgnoringCase(word, other); });
}
[[nodiscard]] constexpr bool contains(std::string_view text, std::string_view part) noexcept {
    return text.find(part) != std::string_view::npos;
}
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}
/// What lies behind the first `left` and before the next `right`; empty when one of them is missing.
[[nodiscard]] constexpr std::string_view between(std::string_view text, std::string_view left,
                                                 std::string_view right) noexcept {
    const std::size_t begin = text.find(left);
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin + left.size());
    const std::size_t end = text.find(right);
    return end == std::string_view::npos ? std::string_view{} : text.substr(0, end);
}

}  // namespace cerebral::analysis::text
