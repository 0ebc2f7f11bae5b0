#include "receiver/submit/submit_queue.h"

#include <algorithm>
#include <cassert>

namespace cerebral::receiver {

bool SubmitQueue::add(std::string name, std::string manifest, SteadyTime now, OnSettled listener) {
    auto [it, inserted] = runs_.try_emplace(name);
    QueuedRun& run = it->second;
    if (listener) run.listeners.push_back(std::move(listener));
    if (!inserted) return false;
    run.name = name;
    run.manifest = std::move(manifest);
    due_.emplace(now, std::move(name));
    return true;
}

std::optional<std::string> SubmitQueue::takeDue(SteadyTime now) {
    if (due_.empty() || due_.begin()->first > now) return std::nullopt;
    if (closedUntil_) {
        if (probing_ || now < *closedUntil_) return std::nullopt;
        probing_ = true;
    }
    std::string name = std::move(due_.begin()->second);
    due_.erase(due_.begin());
    return name;
}

std::optional<SteadyTime> SubmitQueue::nextDue() const {
    if (due_.empty() || (closedUntil_ && probing_)) return std::nullopt;
    return closedUntil_ ? std::max(*closedUntil_, due_.begin()->first) : due_.begin()->first;
}

void SubmitQueue::retryAt(const std::string& name, SteadyTime when) {
    assert(runs_.contains(name));
    due_.emplace(when, name);
}

QueuedRun SubmitQueue::finish(const std::string& name) {
    auto node = runs_.extract(name);
    assert(!node.empty());
    return std::move(node.mapped());
}

void SubmitQueue::close(SteadyTime until) {
    closedUntil_ = until;
    probing_ = false;
}

void SubmitQueue::open() {
    closedUntil_.reset();
    probing_ = false;
}

}  // namespace cerebral::receiver
