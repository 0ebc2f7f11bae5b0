#pragma once
/// @file PendingAnswer: one delivery whose runs are being created, answered once, whichever comes
/// first: every run is settled, or the answer budget is over.

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "receiver/delivery/answer.h"
#include "receiver/submit/submit_queue.h"

namespace cerebral::receiver {

class PendingAnswer {
public:
    using Send = std::function<void(DeliveryAnswer)>;

    /// `runs` all queued; `send` is called once, on whatever thread settles it.
    PendingAnswer(std::string delivery, std::string reason, std::vector<RunAnswer> runs, Send send);

    void settle(const Settled& settled);
    /// The budget is over: what is not known is queued.
    void expire();
    /// The runs could not be made safe: 503.
    void failUnsafe(const std::string& why);

private:
    void sendLocked(std::unique_lock<std::mutex>& lock);

    std::mutex mutex_;
    std::string delivery_;
    std::string reason_;
    std::vector<RunAnswer> runs_;
    std::size_t open_;
    std::vector<bool> settled_;
    Send send_;
};

}  // namespace cerebral::receiver
