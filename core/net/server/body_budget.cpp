#include "core/net/server/body_budget.h"

#include <algorithm>
#include <utility>

namespace cerebral::net {

bool BodyBudget::grow(Id id, Share& share, std::size_t bytes, std::function<void()> resume) {
    const std::size_t counted = bytes > kFreeBytes ? bytes - kFreeBytes : 0;
    if (counted <= share.bytes) return true;
    const std::size_t more = counted - share.bytes;
    if (!share.fromReserve && used_ + more > shared_) {
        if (reserveTaken_) {
            waiters_.push_back({id, std::move(resume)});
            return false;
        }
        reserveTaken_ = true;
        share.fromReserve = true;
    }
    share.bytes = counted;
    used_ += more;
    return true;
}

void BodyBudget::release(Id id, Share& share) {
    std::erase_if(waiters_, [id](const Waiter& waiter) { return waiter.id == id; });
    if (share.bytes == 0) return;
    used_ -= share.bytes;
    if (share.fromReserve) reserveTaken_ = false;
    share = {};
    wake();
}

void BodyBudget::wake() {
    // Each asks again and queues up again when the room went to somebody before it.
    auto waiting = std::exchange(waiters_, {});
    for (auto& waiter : waiting) waiter.resume();
}

}  // namespace cerebral::net
