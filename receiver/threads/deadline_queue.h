#pragma once
/// @file DeadlineQueue: runs small things at a time. One thread; thread-safe; callbacks must not block.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "core/base/clock.h"

namespace cerebral::receiver {

class DeadlineQueue {
public:
    DeadlineQueue() : thread_([this](const std::stop_token& stop) { run(stop); }) {}
    /// What is not due yet is dropped.
    ~DeadlineQueue() = default;
    DeadlineQueue(const DeadlineQueue&) = delete;
    DeadlineQueue& operator=(const DeadlineQueue&) = delete;

    void at(SteadyTime when, std::function<void()> what);

private:
    void run(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::multimap<SteadyTime, std::function<void()>> due_;
    std::jthread thread_;  // last: it uses the others
};

}  // namespace cerebral::receiver
