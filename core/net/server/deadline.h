#pragma once
/// @file Deadline: calls back when a limit passes, cheap to move. Server-internal, server's thread.
///
/// A request moves its connection's deadline four times, and nearly always to a later point: the timer
/// under it is then left alone and, should it fire early, waits for the rest. Cancelling and setting it
/// anew each time costs more than answering.

#include <chrono>
#include <functional>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace cerebral::net {

class Deadline {
public:
    explicit Deadline(boost::asio::io_context& context) : timer_(context) {}

    /// Before the first `arm`. `owner` holds this Deadline: once it is gone nothing is called.
    void setCallback(std::weak_ptr<void> owner, std::function<void()> onPassed);
    void arm(std::chrono::milliseconds limit);
    /// Nothing is due; a timer under way runs out unheard.
    void disarm() noexcept { due_ = kNever; }
    /// Disarms, and leaves nothing that would keep the io_context at work.
    void cancel();

private:
    using Time = boost::asio::steady_timer::time_point;
    static constexpr Time kNever = Time::max();

    void waitUntil(Time when);
    void onTimer();

    boost::asio::steady_timer timer_;
    std::weak_ptr<void> owner_;
    std::function<void()> onPassed_;
    Time due_ = kNever;
    Time wakes_ = kNever;      ///< when the timer fires; kNever: it does not run
    std::uint64_t waits_ = 0;  ///< tells the latest wait from those it replaced
};

}  // namespace cerebral::net
