#include "receiver/reconcile/reconciler.h"

namespace cerebral::receiver {
namespace {

/// In one round; the next ones take the rest. GitHub allows 80 such requests a minute.
constexpr std::size_t kMostInARound = 60;

}  // namespace

void Reconciler::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) {
        while (!stop.stop_requested() && parts_.clock.waitFor(round(stop), stop)) {
        }
    });
}

std::chrono::milliseconds Reconciler::round(const std::stop_token& stop) {
    const auto failed = [&](const char* what, const Error& error) {
        if (error.kind == ErrorKind::Cancelled) return interval_;
        parts_.metrics.reconcileFailed();
        parts_.log.warn(what,
                        {{"kind", toString(error.kind)}, {"httpStatus", error.httpStatus}, {"error", error.message}});
        return std::max(interval_, error.retryAfter.value_or(std::chrono::milliseconds(0)));
    };
    const WallTime now = parts_.clock.now();
    const auto deliveries = hook_.deliveriesSince(now - kRedeliveryWindow, stop);
    if (!deliveries) return failed("GitHub's deliveries cannot be read", deliveries.error());

    std::size_t asked = 0;
    for (const HookDelivery& delivery : chooseRedeliveries(*deliveries, now)) {
        if (asked == kMostInARound) break;
        if (const auto done = hook_.redeliver(delivery.id, stop); !done) {
            // One that GitHub no longer has must not keep the others waiting.
            if (done.error().kind == ErrorKind::Invalid || done.error().kind == ErrorKind::NotFound) {
                (void)failed("GitHub does not repeat a delivery", done.error());
                continue;
            }
            return failed("GitHub does not repeat a delivery", done.error());
        }
        ++asked;
        parts_.metrics.redeliveriesRequested(1);
        parts_.log.info("redelivery requested", {{"delivery", delivery.guid}, {"failedWith", delivery.statusCode}});
    }
    return interval_;
}

}  // namespace cerebral::receiver
