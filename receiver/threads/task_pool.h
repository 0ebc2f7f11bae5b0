#pragma once
/// @file TaskPool: a few threads for what must not block the HTTP thread (large bodies, calls to the
/// API server). Bounded: `run` refuses when too much waits. Thread-safe.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace cerebral::receiver {

class TaskPool {
public:
    using Task = std::function<void(const std::stop_token&)>;

    TaskPool(std::size_t threads, std::size_t maxWaiting);
    /// Asks running tasks to stop, drops waiting ones.
    ~TaskPool();
    TaskPool(const TaskPool&) = delete;
    TaskPool& operator=(const TaskPool&) = delete;

    [[nodiscard]] bool run(Task task);

private:
    void work(const std::stop_token& stop);

    const std::size_t maxWaiting_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Task> waiting_;
    std::vector<std::jthread> threads_;
};

}  // namespace cerebral::receiver
