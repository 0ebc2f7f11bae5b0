#pragma once
/// @file RateLimit: a token bucket. Thread-safe.

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>

#include "core/base/clock.h"

namespace cerebral::receiver {

class RateLimit {
public:
    /// `burst` at once, then one each `interval`.
    RateLimit(const Clock& clock, int burst, std::chrono::milliseconds interval)
        : clock_(clock), burst_(burst), interval_(interval), tokens_(burst), last_(clock.steadyNow()) {}

    /// Empty: go on. Otherwise how long until it is worth asking again.
    [[nodiscard]] std::optional<std::chrono::milliseconds> take() {
        const std::scoped_lock lock(mutex_);
        const auto now = clock_.steadyNow();
        const std::chrono::duration<double, std::milli> passed = now - last_;
        last_ = now;
        const auto interval = static_cast<double>(interval_.count());
        tokens_ = std::min(static_cast<double>(burst_), tokens_ + passed.count() / interval);
        if (tokens_ >= 1) {
            tokens_ -= 1;
            return std::nullopt;
        }
        return std::chrono::milliseconds(static_cast<std::int64_t>((1 - tokens_) * interval) + 1);
    }

private:
    const Clock& clock_;
    const int burst_;
    const std::chrono::milliseconds interval_;
    std::mutex mutex_;
    double tokens_;
    SteadyTime last_;
};

}  // namespace cerebral::receiver
