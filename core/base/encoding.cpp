#include "core/base/encoding.h"

#include <array>
#include <cstdint>

namespace cerebral {
namespace {

constexpr std::string_view kBase64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kInvalid = 0xFF;

constexpr std::array<std::uint8_t, 256> base64Values() {
    std::array<std::uint8_t, 256> values{};
    values.fill(kInvalid);
    for (std::size_t i = 0; i < kBase64Alphabet.size(); ++i) {
        values[static_cast<unsigned char>(kBase64Alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}

constexpr std::array<std::uint8_t, 256> kBase64Values = base64Values();

std::uint8_t hexValue(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
    return kInvalid;
}

}  // namespace

std::string toHex(std::span<const unsigned char> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        hex += kDigits[byte >> 4U];
        hex += kDigits[byte & 0x0FU];
    }
    return hex;
}

std::optional<std::vector<unsigned char>> fromHex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::vector<unsigned char> bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const unsigned high = hexValue(hex[i]);
        const unsigned low = hexValue(hex[i + 1]);
        if (high == kInvalid || low == kInvalid) return std::nullopt;
        bytes.push_back(static_cast<unsigned char>((high << 4U) | low));
    }
    return bytes;
}

std::string toBase64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t have = bytes.size() - i;
        const auto byteAt = [&](std::size_t k) -> std::uint32_t {
            return k < have ? static_cast<unsigned char>(bytes[i + k]) : 0U;
        };
        const std::uint32_t group = (byteAt(0) << 16U) | (byteAt(1) << 8U) | byteAt(2);
        text += kBase64Alphabet[(group >> 18U) & 0x3FU];
        text += kBase64Alphabet[(group >> 12U) & 0x3FU];
        text += have > 1 ? kBase64Alphabet[(group >> 6U) & 0x3FU] : '=';
        text += have > 2 ? kBase64Alphabet[group & 0x3FU] : '=';
    }
    return text;
}

std::optional<std::string> fromBase64(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    int digits = 0;
    int padding = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r') continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const std::uint8_t value = kBase64Values[static_cast<unsigned char>(c)];
        if (value == kInvalid || padding != 0) return std::nullopt;
        group = (group << 6U) | value;
        if (++digits == 4) {
            bytes += static_cast<char>((group >> 16U) & 0xFFU);
            bytes += static_cast<char>((group >> 8U) & 0xFFU);
            bytes += static_cast<char>(group & 0xFFU);
            group = 0;
            digits = 0;
        }
    }
    if (digits == 0) return padding == 0 ? std::optional(std::move(bytes)) : std::nullopt;
    // Bits that no byte needs must be zero, otherwise two texts would mean the same bytes.
    if (digits == 3 && padding == 1 && (group & 0x03U) == 0) {
        bytes += static_cast<char>((group >> 10U) & 0xFFU);
        bytes += static_cast<char>((group >> 2U) & 0xFFU);
        return bytes;
    }
    if (digits == 2 && padding == 2 && (group & 0x0FU) == 0) {
        bytes += static_cast<char>((group >> 4U) & 0xFFU);
        return bytes;
    }
    return std::nullopt;
}

}  // namespace cerebral
