#include "receiver/threads/task_pool.h"

namespace cerebral::receiver {

TaskPool::TaskPool(std::size_t threads, std::size_t maxWaiting) : maxWaiting_(maxWaiting) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) {
        threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
}

TaskPool::~TaskPool() {
    for (auto& thread : threads_) thread.request_stop();
}

bool TaskPool::run(Task task) {
    {
        const std::scoped_lock lock(mutex_);
        if (waiting_.size() >= maxWaiting_) return false;
        waiting_.push_back(std::move(task));
    }
    changed_.notify_one();
    return true;
}

void TaskPool::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    for (;;) {
        if (!changed_.wait(lock, stop, [this] { return !waiting_.empty(); }) || stop.stop_requested()) return;
        auto task = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        task(stop);
        lock.lock();
    }
}

}  // namespace cerebral::receiver
