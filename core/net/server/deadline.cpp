#include "core/net/server/deadline.h"

#include <utility>

namespace cerebral::net {

void Deadline::setCallback(std::weak_ptr<void> owner, std::function<void()> onPassed) {
    owner_ = std::move(owner);
    onPassed_ = std::move(onPassed);
}

void Deadline::arm(std::chrono::milliseconds limit) {
    due_ = std::chrono::steady_clock::now() + limit;
    if (due_ < wakes_) waitUntil(due_);
}

void Deadline::cancel() {
    due_ = wakes_ = kNever;
    ++waits_;
    timer_.cancel();
}

void Deadline::waitUntil(Time when) {
    wakes_ = when;
    timer_.expires_at(when);
    timer_.async_wait([this, owner = owner_, wait = ++waits_](const boost::system::error_code& error) {
        // Held while it runs: the callback may drop the last other owner.
        const auto held = owner.lock();
        if (!error && held && wait == waits_) onTimer();
    });
}

void Deadline::onTimer() {
    wakes_ = kNever;
    if (due_ == kNever) return;
    if (std::chrono::steady_clock::now() < due_) return waitUntil(due_);
    due_ = kNever;
    onPassed_();
}

}  // namespace cerebral::net
