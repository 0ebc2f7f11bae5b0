#pragma once
/// @file CurlLoop: the I/O thread. It alone touches the multi handle and every easy handle;
/// other threads hand over exchanges and cancellations in a mailbox and ring (curl_multi_wakeup).

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/net/curl_exchange.h"
#include "core/net/curl_handle.h"

namespace cerebral::net {

class CurlLoop {
public:
    CurlLoop();
    /// The thread must have been stopped by `shutDown`.
    ~CurlLoop();
    CurlLoop(const CurlLoop&) = delete;
    CurlLoop& operator=(const CurlLoop&) = delete;

    /// Any thread but the I/O thread; blocks until the exchange is over.
    /// `meanwhile`, if given, runs on the caller's thread while the exchange does; false cancels the exchange.
    Result<StreamEnd> run(CurlExchange& exchange, const std::stop_token& stop,
                          const std::function<bool()>& meanwhile = {});
    /// Ends every exchange with Cancelled, now and later, and joins the thread.
    void shutDown();

private:
    using Id = std::uint64_t;
    /// What other threads ask for. Ids, not pointers: a cancellation may arrive after its exchange is gone.
    struct Mailbox {
        std::vector<std::pair<Id, CurlExchange*>> begin;
        std::vector<Id> cancel;
    };

    void threadMain(const std::stop_token& stop);
    void readMail();
    void start(Id id, CurlExchange& exchange);
    void collectFinished();
    void endSilent();
    [[nodiscard]] int pollMillis() const;
    void end(Id id, Error error);
    void cancel(Id id);
    void ring() noexcept;

    CurlGlobal global_;
    CurlMulti multi_;

    std::mutex mutex_;
    Mailbox mailbox_;      ///< guarded by mutex_
    Id nextId_ = 1;        ///< guarded by mutex_
    bool closed_ = false;  ///< guarded by mutex_

    std::map<Id, CurlExchange*> active_;  ///< I/O thread only
    std::jthread thread_;
    std::thread::id ioThread_;  ///< stays readable while thread_ is being joined
};

}  // namespace cerebral::net
