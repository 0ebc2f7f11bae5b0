#pragma once
/// @file FakeClock: time that passes only when somebody waits for it, or when a test says so.
///
/// `waitFor` returns at once and moves both clocks forward by the duration, so code under test runs
/// through hours of backoff in microseconds. Thread-safe; threads that wait at the same time each
/// add their duration.

#include <chrono>
#include <mutex>
#include <stop_token>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::test {

class FakeClock final : public Clock {
public:
    /// 2026-11-23T08:41:00Z unless a test needs another beginning.
    explicit FakeClock(WallTime start = WallTime(std::chrono::seconds(1'795'423'260))) : wall_(start) {}

    [[nodiscard]] WallTime now() const override {
        const std::lock_guard lock(mutex_);
        return wall_;
    }

    [[nodiscard]] SteadyTime steadyNow() const override {
        const std::lock_guard lock(mutex_);
        return steady_;
    }

    bool waitFor(std::chrono::milliseconds duration, std::stop_token stop) override {
        if (stop.stop_requested()) return false;
        const std::lock_guard lock(mutex_);
        waits_.push_back(duration);
        wall_ += duration;
        steady_ += duration;
        return true;
    }

    void advance(std::chrono::nanoseconds duration) {
        const std::lock_guard lock(mutex_);
        wall_ += std::chrono::duration_cast<WallTime::duration>(duration);
        steady_ += std::chrono::duration_cast<SteadyTime::duration>(duration);
    }

    /// Moves the wall clock alone, as NTP or the user may.
    void setWall(WallTime time) {
        const std::lock_guard lock(mutex_);
        wall_ = time;
    }

    /// Every duration waited for, in order.
    [[nodiscard]] std::vector<std::chrono::milliseconds> waits() const {
        const std::lock_guard lock(mutex_);
        return waits_;
    }

private:
    mutable std::mutex mutex_;
    WallTime wall_;
    SteadyTime steady_{std::chrono::hours(1)};
    std::vector<std::chrono::milliseconds> waits_;
};

}  // namespace cerebral::test
