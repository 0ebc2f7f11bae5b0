#pragma once
/// @file AdminRoutes: the admin port, which is never on the ingress.
///
///   GET  /healthz                  200 while the process answers
///   GET  /readyz                   200 while deliveries are taken; 503 from the first moment of a drain
///   GET  /metrics                  Prometheus text
///   GET  /deliveries?limit=N       the last N (100, at most 1000) deliveries; token as for /rebuild
///   POST /deliveries/{id}/replay   its runs are asked of the API server again; token as for /rebuild

#include <atomic>
#include <memory>

#include "core/kube/kube_client.h"
#include "core/net/server/http_server.h"
#include "receiver/admin/metrics.h"
#include "receiver/delivery/run_launcher.h"
#include "receiver/rebuild/rate_limit.h"
#include "receiver/threads/task_pool.h"

namespace cerebral::receiver {

class AdminRoutes {
public:
    struct Parts {
        kube::KubeClient& client;
        std::string ns;
        RunLauncher& launcher;
        Spool& spool;
        TaskPool& calls;
        RateLimit& limit;
        Metrics& metrics;
        Clock& clock;
        Logger& log;
        const std::atomic<bool>& ready;
    };
    explicit AdminRoutes(Parts parts) : parts_(std::move(parts)) {}

    void handle(net::ServerRequest request, const net::Responder& responder);

private:
    void withToken(net::ServerRequest request, const net::Responder& responder,
                   std::function<void(const net::ServerRequest&)> go);
    void listDeliveries(const net::ServerRequest& request, const net::Responder& responder);
    void replay(const std::string& id, const net::Responder& responder);

    Parts parts_;
};

}  // namespace cerebral::receiver
