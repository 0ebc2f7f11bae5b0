#pragma once
/// @file Reconciler: asks GitHub to send again what it could not deliver while nobody was here.
///
/// GitHub never repeats a failed delivery by itself. With a token, the receiver reads the list of the
/// webhook's deliveries at start and every few minutes and asks for another attempt at each push that
/// failed (choose_redeliveries.h). What comes back is an ordinary signed delivery. One thread; off
/// without GITHUB_REDELIVERY_TOKEN.

#include <thread>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "receiver/admin/metrics.h"
#include "receiver/reconcile/github_hook.h"

namespace cerebral::receiver {

class Reconciler {
public:
    struct Parts {
        net::HttpTransport& transport;
        Metrics& metrics;
        Clock& clock;
        Logger& log;
    };
    Reconciler(Parts parts, const RedeliverySettings& settings)
        : parts_(parts), hook_(parts.transport, settings), interval_(settings.interval) {}

    /// The first round begins at once: call it when deliveries can be taken.
    void start();
    /// One round. How long to wait for the next one.
    std::chrono::milliseconds round(const std::stop_token& stop);

private:
    Parts parts_;
    GithubHook hook_;
    std::chrono::milliseconds interval_;
    std::jthread thread_;  // last: it uses the others
};

}  // namespace cerebral::receiver
