#include "app/demo/sim/scheduler.h"

namespace cerebral::demo {

std::chrono::microseconds Scheduler::scaled(std::chrono::milliseconds realPace) const {
    return std::chrono::microseconds(
        static_cast<std::int64_t>(static_cast<double>(realPace.count()) * 1000.0 / speed_));
}

void Scheduler::after(std::chrono::milliseconds realPace, Task task) {
    afterUnscaled(scaled(realPace), std::move(task));
}

ThreadScheduler::ThreadScheduler(double speed)
    : Scheduler(speed), thread_([this](const std::stop_token& stop) { run(stop); }) {}

ThreadScheduler::~ThreadScheduler() {
    stop();
}

void ThreadScheduler::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
    // Tasks may own things whose destruction schedules: destroy them outside of the lock.
    decltype(due_) rest;
    const std::lock_guard lock(mutex_);
    rest.swap(due_);
}

void ThreadScheduler::afterUnscaled(std::chrono::microseconds delay, Task task) {
    const std::lock_guard lock(mutex_);
    due_.emplace(std::pair(clock_.steadyNow() + delay, sequence_++), std::move(task));
    wake_.notify_one();
}

void ThreadScheduler::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        if (due_.empty()) {
            wake_.wait(lock, stop, [this] { return !due_.empty(); });
            continue;
        }
        const SteadyTime next = due_.begin()->first.first;
        if (next > clock_.steadyNow()) {
            wake_.wait_until(lock, stop, next,
                             [this, next] { return !due_.empty() && due_.begin()->first.first < next; });
            continue;
        }
        Task task = std::move(due_.extract(due_.begin()).mapped());
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
    }
}

ManualScheduler::ManualScheduler(WallTime start, double speed) : Scheduler(speed) {
    clock_.wall = start;
}

void ManualScheduler::afterUnscaled(std::chrono::microseconds delay, Task task) {
    due_.emplace(std::pair(clock_.steady + delay, sequence_++), std::move(task));
}

void ManualScheduler::advance(std::chrono::milliseconds duration) {
    const SteadyTime end = clock_.steady + duration;
    while (!due_.empty() && due_.begin()->first.first <= end) {
        auto node = due_.extract(due_.begin());
        clock_.wall += std::chrono::duration_cast<WallTime::duration>(node.key().first - clock_.steady);
        clock_.steady = node.key().first;
        node.mapped()();
    }
    clock_.wall += std::chrono::duration_cast<WallTime::duration>(end - clock_.steady);
    clock_.steady = end;
}

void ManualScheduler::runAll(std::chrono::milliseconds limit) {
    const SteadyTime end = clock_.steady + limit;
    while (!due_.empty() && due_.begin()->first.first <= end) {
        advance(std::chrono::ceil<std::chrono::milliseconds>(due_.begin()->first.first - clock_.steady));
    }
}

}  // namespace cerebral::demo
