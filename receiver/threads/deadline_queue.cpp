#include "receiver/threads/deadline_queue.h"

namespace cerebral::receiver {

void DeadlineQueue::at(SteadyTime when, std::function<void()> what) {
    bool first = false;
    {
        const std::scoped_lock lock(mutex_);
        const auto added = due_.emplace(when, std::move(what));
        first = added == due_.begin();
    }
    if (first) changed_.notify_one();
}

void DeadlineQueue::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        if (due_.empty()) {
            changed_.wait(lock, stop, [this] { return !due_.empty(); });
            continue;
        }
        const SteadyTime next = due_.begin()->first;
        if (std::chrono::steady_clock::now() < next) {
            changed_.wait_until(lock, stop, next, [this, next] { return due_.begin()->first < next; });
            continue;
        }
        auto what = std::move(due_.begin()->second);
        due_.erase(due_.begin());
        lock.unlock();
        what();
        lock.lock();
    }
}

}  // namespace cerebral::receiver
