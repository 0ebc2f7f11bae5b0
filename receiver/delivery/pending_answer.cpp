#include "receiver/delivery/pending_answer.h"

#include <utility>

namespace cerebral::receiver {

PendingAnswer::PendingAnswer(std::string delivery, std::string reason, std::vector<RunAnswer> runs, Send send)
    : delivery_(std::move(delivery)),
      reason_(std::move(reason)),
      runs_(std::move(runs)),
      open_(runs_.size()),
      settled_(runs_.size(), false),
      send_(std::move(send)) {}

void PendingAnswer::settle(const Settled& settled) {
    std::unique_lock lock(mutex_);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (runs_[i].name != settled.name || settled_[i]) continue;
        settled_[i] = true;
        runs_[i].outcome = settled.outcome;
        runs_[i].reason = settled.reason;
        --open_;
    }
    if (open_ == 0) sendLocked(lock);
}

void PendingAnswer::expire() {
    std::unique_lock lock(mutex_);
    sendLocked(lock);
}

void PendingAnswer::failUnsafe(const std::string& why) {
    std::unique_lock lock(mutex_);
    const auto send = std::exchange(send_, nullptr);
    lock.unlock();
    if (send) send({503, "unsafe", delivery_, why, {}});
}

void PendingAnswer::sendLocked(std::unique_lock<std::mutex>& lock) {
    const auto send = std::exchange(send_, nullptr);
    if (!send) return;
    DeliveryAnswer answer = summarize(delivery_, reason_, runs_);
    lock.unlock();
    send(std::move(answer));
}

}  // namespace cerebral::receiver
