#include "core/base/plain_text.h"

#include <algorithm>
#include <cstdint>

namespace cerebral {
namespace {

constexpr char32_t kInvalid = 0xFFFD;
constexpr char32_t kEscape = 0x1B;
constexpr char32_t kBell = 0x07;

/// One code point (RFC 3629: no surrogates, no overlong forms, nothing over U+10FFFF); an invalid
/// sequence yields U+FFFD and takes one byte.
char32_t nextCodePoint(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(at++);
    if (lead < 0x80) return lead;
    std::size_t more = 0;
    char32_t point = 0;
    char32_t least = 0;
    if ((lead & 0xE0U) == 0xC0U)
        more = 1, point = lead & 0x1FU, least = 0x80;
    else if ((lead & 0xF0U) == 0xE0U)
        more = 2, point = lead & 0x0FU, least = 0x800;
    else if ((lead & 0xF8U) == 0xF0U)
        more = 3, point = lead & 0x07U, least = 0x10000;
    else
        return kInvalid;
    if (at + more > text.size()) return kInvalid;
    for (std::size_t i = 0; i < more; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return kInvalid;
        point = (point << 6U) | (byte(at + i) & 0x3FU);
    }
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return kInvalid;
    at += more;
    return point;
}

/// `at` stands behind ESC; returns where the sequence ends. An unfinished one takes the rest of its line.
std::size_t skipEscape(std::string_view text, std::size_t at) {
    const auto inRange = [&](char low, char high) { return at < text.size() && text[at] >= low && text[at] <= high; };
    if (at >= text.size()) return at;
    const char kind = text[at];
    if (kind == '[') {
        ++at;
        while (inRange(' ', '?')) ++at;
        return inRange('@', '~') ? at + 1 : at;
    }
    if (kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_') {
        for (++at; at < text.size() && text[at] != '\n' && text[at] != '\r'; ++at) {
            if (text[at] == static_cast<char>(kBell)) return at + 1;
            if (text[at] == static_cast<char>(kEscape))
                return at + 1 < text.size() && text[at + 1] == '\\' ? at + 2 : at;
        }
        return at;
    }
    while (inRange(' ', '/')) ++at;
    return inRange('0', '~') ? at + 1 : at;
}

bool isControl(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

/// Would show text in another order than it has (CVE-2021-42574).
bool isBidiControl(char32_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string plainLine(std::string_view text, std::size_t maxCodePoints) {
    std::string line;
    line.reserve(std::min<std::size_t>(text.size(), 4096));
    std::size_t lastStart = 0;
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const char32_t point = nextCodePoint(text, at);
        if (point == kEscape) {
            at = skipEscape(text, at);
            continue;
        }
        if (isBidiControl(point)) continue;
        if (count == maxCodePoints) {
            line.resize(lastStart);
            return maxCodePoints == 0 ? line : line + "…";
        }
        lastStart = line.size();
        ++count;
        if (isControl(point))
            line += ' ';
        else if (point == kInvalid)
            line += "\xEF\xBF\xBD";
        else
            line.append(text, start, at - start);
    }
    return line;
}

std::string_view firstLine(std::string_view text) noexcept {
    return text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
}

}  // namespace cerebral
