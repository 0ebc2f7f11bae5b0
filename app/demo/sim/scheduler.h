#pragma once
/// @file Scheduler: when things happen in the demo. One queue of timers, one thread, one order.
///
/// Everything simulated (Tekton, kubelet, rollouts) runs as tasks of one scheduler, so it needs no
/// locks of its own. Durations are given at the pace of a real cluster and divided by the speed.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "core/base/clock.h"

namespace cerebral::demo {

class Scheduler {
public:
    using Task = std::function<void()>;

    explicit Scheduler(double speed) : speed_(speed) {}
    virtual ~Scheduler() = default;
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    /// Runs `task` when `realPace / speed` has passed. Tasks due at the same time run in the order given.
    /// Thread-safe.
    void after(std::chrono::milliseconds realPace, Task task);
    /// As soon as possible, on the scheduler's thread.
    void post(Task task) { after(std::chrono::milliseconds(0), std::move(task)); }
    /// Not scaled: for things that follow the clock on the wall.
    virtual void afterUnscaled(std::chrono::microseconds delay, Task task) = 0;

    [[nodiscard]] virtual const Clock& clock() const = 0;
    [[nodiscard]] double speed() const noexcept { return speed_; }
    /// How long something of `realPace` lasts here.
    [[nodiscard]] std::chrono::microseconds scaled(std::chrono::milliseconds realPace) const;

private:
    double speed_;
};

/// Follows the system's clocks on a thread of its own. The destructor forgets what is still due.
class ThreadScheduler final : public Scheduler {
public:
    explicit ThreadScheduler(double speed);
    ~ThreadScheduler() override;
    void afterUnscaled(std::chrono::microseconds delay, Task task) override;
    [[nodiscard]] const Clock& clock() const override { return clock_; }
    /// Ends the thread; nothing runs afterwards.
    void stop();

private:
    void run(const std::stop_token& stop);
    SystemClock clock_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::map<std::pair<SteadyTime, std::uint64_t>, Task> due_;
    std::uint64_t sequence_ = 0;
    std::jthread thread_;
};

/// Time passes when the owner says so: for tests.
class ManualScheduler final : public Scheduler {
public:
    explicit ManualScheduler(WallTime start, double speed = 1.0);
    void afterUnscaled(std::chrono::microseconds delay, Task task) override;
    [[nodiscard]] const Clock& clock() const override { return clock_; }
    /// Runs everything due within `duration`, including what that adds.
    void advance(std::chrono::milliseconds duration);
    /// Until nothing is due or `limit` has passed.
    void runAll(std::chrono::milliseconds limit);

private:
    class ManualClock final : public Clock {
    public:
        [[nodiscard]] WallTime now() const override { return wall; }
        [[nodiscard]] SteadyTime steadyNow() const override { return steady; }
        bool waitFor(std::chrono::milliseconds, std::stop_token) override { return false; }
        WallTime wall;
        SteadyTime steady{};
    };
    ManualClock clock_;
    std::map<std::pair<SteadyTime, std::uint64_t>, Task> due_;
    std::uint64_t sequence_ = 0;
};

}  // namespace cerebral::demo
