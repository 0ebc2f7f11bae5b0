#pragma once
/// @file Clock: the only way core code reads time or waits, so that tests own time.

#include <chrono>
#include <stop_token>

namespace cerebral {

using WallTime = std::chrono::system_clock::time_point;
using SteadyTime = std::chrono::steady_clock::time_point;

class Clock {
public:
    virtual ~Clock() = default;
    /// Wall time, for timestamps that are shown, stored or compared with a server's.
    [[nodiscard]] virtual WallTime now() const = 0;
    /// Monotonic time, for ages, deadlines and backoff.
    [[nodiscard]] virtual SteadyTime steadyNow() const = 0;
    /// Blocks the calling thread. Returns false when `stop` fired before the duration was over.
    virtual bool waitFor(std::chrono::milliseconds duration, std::stop_token stop) = 0;
};

/// The real clocks. Thread-safe, stateless.
class SystemClock final : public Clock {
public:
    [[nodiscard]] WallTime now() const override;
    [[nodiscard]] SteadyTime steadyNow() const override;
    bool waitFor(std::chrono::milliseconds duration, std::stop_token stop) override;
};

}  // namespace cerebral
