#pragma once
/// @file The seed of a storm of changes: printed, so that a failure can be had again with CEREBRAL_SEED.

#include <QtGlobal>
#include <cstdint>

namespace cerebral::test {

/// The same in every run unless CEREBRAL_SEED names another.
[[nodiscard]] inline std::uint32_t stormSeed(std::uint32_t usual = 20261123) {
    bool given = false;
    const int named = qEnvironmentVariableIntValue("CEREBRAL_SEED", &given);
    const std::uint32_t seed = given ? static_cast<std::uint32_t>(named) : usual;
    qInfo("seed %u (CEREBRAL_SEED chooses another)", seed);
    return seed;
}

}  // namespace cerebral::test
