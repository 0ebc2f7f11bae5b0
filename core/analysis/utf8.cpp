#include "core/analysis/utf8.h"

namespace cerebral::analysis {
namespace {

struct Lead {
    std::size_t length;
    unsigned char secondMin;  ///< narrower than 80..BF where overlong forms and surrogates lie
    unsigned char secondMax;
};

Lead leadOf(unsigned char byte) noexcept {
    if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
    if (byte == 0xE0) return {3, 0xA0, 0xBF};
    if (byte == 0xED) return {3, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
    if (byte == 0xF0) return {4, 0x90, 0xBF};
    if (byte == 0xF4) return {4, 0x80, 0x8F};
    if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
    return {0, 0, 0};
}

bool isContinuation(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

CodePoint decodeUtf8(std::string_view text, std::size_t offset) noexcept {
    const auto first = static_cast<unsigned char>(text[offset]);
    if (first < 0x80) return {first, 1, true};
    const Lead lead = leadOf(first);
    if (lead.length == 0) return {};
    char32_t value = first & (0xFFU >> (lead.length + 1));
    for (std::size_t i = 1; i < lead.length; ++i) {
        if (offset + i >= text.size()) return {0, i, false};
        const auto byte = static_cast<unsigned char>(text[offset + i]);
        const bool fits =
            i == 1 ? byte >= lead.secondMin && byte <= lead.secondMax : isContinuation(text[offset + i]);
        if (!fits) return {0, i, false};
        value = (value << 6U) | (byte & 0x3FU);
    }
    return {value, lead.length, true};
}

std::string_view cutUtf8(std::string_view text, std::size_t bytes) noexcept {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && isContinuation(text[bytes])) --bytes;
    return text.substr(0, bytes);
}

}  // namespace cerebral::analysis
