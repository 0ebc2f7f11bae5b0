#pragma once
/// @file BodyBudget: keeps the bytes of all bodies in memory under one limit, without starving anybody.
///
/// Rules
/// - The first `kFreeBytes` of every body are not counted: ordinary pushes are smaller, and what they
///   can cost together is bounded by the number of connections. A sender who drips a large body can
///   therefore never hold up a small one.
/// - The rest is taken from the shared part (total − one whole body) as bytes arrive.
/// - When the shared part is used up, one body at a time may finish out of the reserve (one whole
///   body); the others wait, first come first served. Somebody always makes progress, so half-read
///   bodies cannot block each other for ever.
/// One thread only (the server's), but for `used()`.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>

namespace cerebral::net {

class BodyBudget {
public:
    static constexpr std::size_t kFreeBytes = 32U * 1024U;
    using Id = std::uint64_t;

    BodyBudget(std::size_t total, std::size_t maxBody) : shared_(total - maxBody), reserve_(maxBody) {}

    /// What one body holds.
    struct Share {
        std::size_t bytes = 0;
        bool fromReserve = false;
    };

    /// May body `id` grow to `bytes`? When not, `resume` is called once later and should ask again.
    [[nodiscard]] bool grow(Id id, Share& share, std::size_t bytes, std::function<void()> resume);
    /// Gives back everything, forgets a pending `resume`, wakes who waits.
    void release(Id id, Share& share);

    [[nodiscard]] std::size_t used() const noexcept { return used_.load(std::memory_order_relaxed); }

private:
    struct Waiter {
        Id id;
        std::function<void()> resume;
    };
    void wake();

    std::size_t shared_;
    std::size_t reserve_;
    std::atomic<std::size_t> used_ = 0;
    bool reserveTaken_ = false;
    std::deque<Waiter> waiters_;
};

}  // namespace cerebral::net
