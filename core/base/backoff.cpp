#include "core/base/backoff.h"

#include <algorithm>

namespace cerebral {

Backoff::Backoff(const Clock& clock, BackoffPolicy policy, std::uint64_t seed)
    : clock_(clock), policy_(policy), random_(seed), current_(policy.initial) {}

std::chrono::milliseconds Backoff::next() {
    const SteadyTime now = clock_.steadyNow();
    if (used_ && now - lastCall_ > policy_.resetAfter) current_ = policy_.initial;
    used_ = true;
    lastCall_ = now;

    const auto base = current_;
    current_ = std::min(current_ * 2, policy_.max);
    // Jitter factor 1.0: clients that lost the same server at once come back spread over [d, 2d).
    const auto spread = std::max<std::chrono::milliseconds::rep>(base.count(), 1) - 1;
    std::uniform_int_distribution<std::chrono::milliseconds::rep> jitter(0, spread);
    return base + std::chrono::milliseconds(jitter(random_));
}

void Backoff::reset() noexcept {
    current_ = policy_.initial;
    used_ = false;
}

}  // namespace cerebral
