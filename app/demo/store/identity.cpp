#include "app/demo/store/identity.h"

#include <cstdio>

namespace cerebral::demo {

std::uint64_t stableHash(std::string_view text, std::uint64_t seed) {
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ (seed * 0x9E3779B97F4A7C15ULL);
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    hash ^= hash >> 32U;  // FNV's high bits mix poorly on short texts
    return hash * 0xD6E8FEB86659FD93ULL;
}

std::mt19937_64 randomFor(std::uint64_t seed, std::string_view name) {
    return std::mt19937_64(stableHash(name, seed));
}

std::uint64_t drawBetween(std::mt19937_64& random, std::uint64_t low, std::uint64_t high) {
    // Not std::uniform_int_distribution: its results differ between standard libraries.
    return low + random() % (high - low + 1);
}

std::string safeText(std::uint64_t bits, std::size_t length) {
    constexpr std::string_view kAlphabet = "bcdfghjklmnpqrstvwxz2456789";
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        text += kAlphabet[bits % kAlphabet.size()];
        bits = bits / kAlphabet.size() ^ (bits << 7U);
    }
    return text;
}

std::string hexText(std::mt19937_64& random, std::size_t digits) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(digits);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (i % 16 == 0) bits = random();
        text += kDigits[bits & 15U];
        bits >>= 4U;
    }
    return text;
}

std::string Identity::uid() {
    const std::lock_guard lock(mutex_);
    std::string hex = hexText(random_, 32);
    hex[12] = '4';
    hex[16] = "89ab"[random_() % 4];
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
           hex.substr(20);
}

std::string Identity::suffix() {
    const std::lock_guard lock(mutex_);
    return safeText(random_(), 5);
}

}  // namespace cerebral::demo
