#pragma once
/// @file Identity: UIDs, name suffixes and random numbers that are the same again under one seed.
///
/// Numbers drawn for one thing depend on the seed and that thing's name alone, never on what else was
/// going on, so that two demos with one seed tell one story although threads interleave differently.

#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <string_view>

namespace cerebral::demo {

/// A generator for everything random about `name`.
[[nodiscard]] std::mt19937_64 randomFor(std::uint64_t seed, std::string_view name);
/// In [low, high].
[[nodiscard]] std::uint64_t drawBetween(std::mt19937_64& random, std::uint64_t low, std::uint64_t high);
/// Lower-case letters and digits that Kubernetes uses for generated names (no vowels, no 0, 1, 3).
[[nodiscard]] std::string safeText(std::uint64_t bits, std::size_t length);
[[nodiscard]] std::string hexText(std::mt19937_64& random, std::size_t digits);
[[nodiscard]] std::uint64_t stableHash(std::string_view text, std::uint64_t seed = 0);

/// Thread-safe.
class Identity {
public:
    explicit Identity(std::uint64_t seed) : seed_(seed), random_(seed ^ 0x9E3779B97F4A7C15ULL) {}
    [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }
    /// A version 4 UUID.
    std::string uid();
    /// Five characters for generateName.
    std::string suffix();

private:
    std::uint64_t seed_;
    std::mutex mutex_;
    std::mt19937_64 random_;
};

}  // namespace cerebral::demo
