#pragma once
/// @file RebuildHandler: POST /rebuild, what the dashboard and cerebralctl start builds with.
///
/// Rate limit → token → body → source → launch. Calls to the API server run on the task pool.
///   200/202/502/503 as for a delivery; 400 the body; 401 no valid token; 403 somebody else's;
///   404 nothing is known of such a service and branch; 429 too many, with Retry-After;
///   503 the API server could not be asked.

#include "core/kube/kube_client.h"
#include "core/net/server/http_server.h"
#include "receiver/admin/metrics.h"
#include "receiver/delivery/live_config.h"
#include "receiver/delivery/run_launcher.h"
#include "receiver/rebuild/build_source.h"
#include "receiver/rebuild/rate_limit.h"
#include "receiver/rebuild/rebuild_request.h"
#include "receiver/threads/task_pool.h"

namespace cerebral::receiver {

class RebuildHandler {
public:
    struct Parts {
        kube::KubeClient& client;
        std::string ns;
        const LiveConfig& config;
        RunLauncher& launcher;
        Spool& spool;
        TaskPool& calls;
        RateLimit& limit;
        Metrics& metrics;
        Clock& clock;
        Logger& log;
    };
    explicit RebuildHandler(Parts parts) : parts_(std::move(parts)) {}

    /// On any thread; returns at once.
    void handle(net::ServerRequest request, const net::Responder& responder);

private:
    void work(const net::ServerRequest& request, const net::Responder& responder, SteadyTime since,
              const std::stop_token& stop);
    Result<std::vector<pipeline::BuildRequest>> resolve(const RebuildRequest& rebuild, const std::stop_token& stop);
    void answer(const net::Responder& responder, const std::string& requestId, const net::ServerResponse& response);

    Parts parts_;
};

/// 429 with Retry-After in whole seconds.
[[nodiscard]] net::ServerResponse tooManyRequests(std::chrono::milliseconds retryAfter);
/// 401, 403 or 503 out of what `reviewToken` said.
[[nodiscard]] net::ServerResponse tokenRefused(const Error& error);

}  // namespace cerebral::receiver
