#pragma once
/// @file DeliveryHandler: from a complete request to its answer, in this order and no other:
/// signature over the untouched bytes → event → parse → decision → spool → create → answer.
/// Nothing is parsed before the signature holds.
///
/// `handle` may be called on any thread and does not block on disk or network: the spool's writer and
/// the submitter's workers carry the delivery on. Every delivery ends in one log line, one history row
/// and one metric, none of which holds a secret or a MAC.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/net/server/http_server.h"
#include "core/pipeline/build_request.h"
#include "core/webhook/decision.h"
#include "receiver/admin/metrics.h"
#include "receiver/delivery/answer.h"
#include "receiver/delivery/live_config.h"
#include "receiver/delivery/run_launcher.h"
#include "receiver/failpoints/failpoints.h"
#include "receiver/spool/spool.h"

namespace cerebral::receiver {

class DeliveryHandler {
public:
    struct Parts {
        const LiveConfig& config;
        std::function<webhook::PlatformServices()> platformServices;
        RunLauncher& launcher;
        Spool& spool;
        Metrics& metrics;
        Clock& clock;
        Logger& log;
        Failpoints& failpoints;
    };
    explicit DeliveryHandler(Parts parts) : parts_(std::move(parts)) {}

    /// The request's `bodyMacs` were begun with the secrets that are valid (webhook::SignatureKeys).
    void handle(net::ServerRequest request, const net::Responder& responder);

private:
    struct Delivery;
    void handlePush(const std::shared_ptr<Delivery>& delivery, std::string body);
    void answer(const Delivery& delivery, const DeliveryAnswer& answer);

    Parts parts_;
};

}  // namespace cerebral::receiver
