#pragma once
/// @file Exponential backoff with jitter, the schedule of client-go's reflector
/// (k8s.io/client-go/tools/cache/reflector.go): 0.8 s doubling to 30 s, each delay in [d, 2d),
/// back to the start after two healthy minutes.

#include <chrono>
#include <cstdint>
#include <random>

#include "core/base/clock.h"

namespace cerebral {

struct BackoffPolicy {
    std::chrono::milliseconds initial{800};
    std::chrono::milliseconds max{30'000};
    std::chrono::milliseconds resetAfter{120'000};
};

class Backoff {
public:
    Backoff(const Clock& clock, BackoffPolicy policy, std::uint64_t seed);
    /// The next delay. Starts over when the last call lies further back than `resetAfter`.
    [[nodiscard]] std::chrono::milliseconds next();
    void reset() noexcept;

private:
    const Clock& clock_;
    BackoffPolicy policy_;
    std::mt19937_64 random_;
    std::chrono::milliseconds current_;
    SteadyTime lastCall_{};
    bool used_ = false;
};

}  // namespace cerebral
