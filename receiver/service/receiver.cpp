#include "receiver/service/receiver.h"

#include <atomic>
#include <utility>

#include "core/kube/kube_client.h"
#include "core/net/curl_transport.h"
#include "core/webhook/signature.h"
#include "receiver/admin/admin_routes.h"
#include "receiver/delivery/delivery_handler.h"
#include "receiver/http/front.h"
#include "receiver/platform/platform_services.h"
#include "receiver/rebuild/rebuild_handler.h"
#include "receiver/reconcile/reconciler.h"
#include "receiver/supersede/superseder.h"

namespace cerebral::receiver {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kWorkers = 8;
/// Larger bodies cost milliseconds of MAC and parsing: not on the thread everybody shares.
constexpr std::size_t kLargeBody = 256U * 1024U;
constexpr milliseconds kDrainRequests{2'500};
constexpr milliseconds kDrainRuns{1'200};
constexpr milliseconds kDrainSuperseding{300};
constexpr int kTokenBurst = 20;
constexpr milliseconds kTokenInterval{1'000};

net::ServerOptions adminOptions(const Settings& settings) {
    net::ServerOptions options;
    options.address = settings.adminAddress;
    options.port = settings.adminPort;
    options.limits.maxBodyBytes = 64U * 1024U;
    options.limits.maxBodyBytesInFlight = 1024U * 1024U;
    options.limits.maxConnections = 64;
    return options;
}

net::ServerOptions webhookOptions(const Settings& settings) {
    net::ServerOptions options;
    options.address = settings.listenAddress;
    options.port = settings.port;
    return options;
}

}  // namespace

Result<config::Config> readConfig(const Settings& settings) {
    auto config = settings.configPath.empty() ? Result<config::Config>(config::defaultConfig())
                                              : config::loadConfig(settings.configPath);
    if (config && !settings.kubeNamespace.empty()) config->kubeNamespace = settings.kubeNamespace;
    return config;
}

/// Members are in the order in which they need each other; `stop` ends them in the opposite one.
class Receiver::Impl {
public:
    Impl(Settings s, config::Config c, kube::ClusterAccess access, Failpoints points, Clock& clk, Logger& logger)
        : settings(std::move(s)),
          ns(c.kubeNamespace),
          deployNamespace(c.deployNamespace),
          config(std::move(c)),
          clock(clk),
          log(logger),
          failpoints(std::move(points)),
          client(transport, std::move(access)),
          creator(client, ns),
          limit(clock, kTokenBurst, kTokenInterval) {}
    ~Impl() { stop(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    Result<void> open() {
        auto opened = Spool::open(settings.spoolDir, clock, log, failpoints);
        if (!opened) return fail(opened.error());
        spool = std::move(*opened);
        auto letters = DeadLetters::open(settings.spoolDir);
        if (!letters) return fail(letters.error());
        deadLetters = std::make_unique<DeadLetters>(std::move(*letters));

        superseder = std::make_unique<Superseder>(Superseder::Parts{client, ns, config, *spool, metrics, clock, log});
        submitter = std::make_unique<Submitter>(
            Submitter::Parts{creator, *spool, *deadLetters, metrics, clock, log, failpoints}, kWorkers,
            [this](const std::string& name) { superseder->onRunExists(name); });
        launcher = std::make_unique<RunLauncher>(*spool, *submitter, deadlines, settings.answerBudget);
        platform = std::make_unique<PlatformServices>(client, clock, deployNamespace);
        platform->start();
        calls = std::make_unique<TaskPool>(2, 64);
        bodies = std::make_unique<TaskPool>(1, 64);
        deliveries = std::make_unique<DeliveryHandler>(
            DeliveryHandler::Parts{config, [this] { return platform->names(config.get()->registry); }, *launcher,
                                   *spool, metrics, clock, log, failpoints});
        rebuilds = std::make_unique<RebuildHandler>(
            RebuildHandler::Parts{client, ns, config, *launcher, *spool, *calls, limit, metrics, clock, log});
        admin = std::make_unique<AdminRoutes>(
            AdminRoutes::Parts{client, ns, *launcher, *spool, *calls, limit, metrics, clock, log, ready});
        return takeUpSpool();
    }

    /// What an earlier process accepted and did not finish.
    Result<void> takeUpSpool() {
        const auto left = spool->unfinished();
        if (!left) return fail(left.error());
        for (const SpooledRun& run : *left) {
            if (run.state == RunState::Pending) submitter->submit(run.name, {}, nullptr);
            if (run.state == RunState::Created) superseder->onRunExists(run.name);
        }
        if (!left->empty()) log.info("spool taken up", {{"runs", left->size()}});
        return {};
    }

    Result<void> listen() {
        net::ServerCallbacks forAdmin;
        forAdmin.onRequest = [this](net::ServerRequest request, const net::Responder& responder) {
            admin->handle(std::move(request), responder);
        };
        auto adminStarted = net::HttpServer::start(adminOptions(settings), std::move(forAdmin), log);
        if (!adminStarted) return fail(adminStarted.error());
        adminServer = std::move(*adminStarted);

        net::ServerCallbacks forWebhooks;
        forWebhooks.checkHeader = [this](net::ServerRequest& request) -> std::optional<net::ServerResponse> {
            const auto refusal = refuseByHeader(request);
            if (!refusal) {
                if (request.path == kDeliveryPath) request.bodyMacs = signatureKeys.begin();
                return std::nullopt;
            }
            onRefused(refusal->httpStatus, refusal->reason, request.peer);
            return refusal->answer();
        };
        forWebhooks.onRequest = [this](net::ServerRequest request, const net::Responder& responder) {
            onRequest(std::move(request), responder);
        };
        forWebhooks.onRefused = [this](int status, std::string_view reason, std::string_view peer) {
            onRefused(status, reason, peer);
        };
        auto started = net::HttpServer::start(webhookOptions(settings), std::move(forWebhooks), log);
        if (!started) return fail(started.error());
        server = std::move(*started);

        metrics.setGauges({[this] { return submitter->depth(); }, [this] { return deadLetters->count(); },
                           [this] { return server->connections(); }, [this] { return server->bodyBytesInFlight(); },
                           [this] { return spool->healthy(); }});
        ready = true;
        if (settings.redelivery) {
            reconciler =
                std::make_unique<Reconciler>(Reconciler::Parts{transport, metrics, clock, log}, *settings.redelivery);
            reconciler->start();
        }
        return {};
    }

    void onRefused(int status, std::string_view reason, std::string_view peer) {
        metrics.requestRefused(status);
        log.warn("request refused", {{"httpStatus", status}, {"reason", reason}, {"peer", peer}});
    }

    void onRequest(net::ServerRequest request, const net::Responder& responder) {
        if (request.path == kRebuildPath) return rebuilds->handle(std::move(request), responder);
        if (request.body.size() < kLargeBody) return deliveries->handle(std::move(request), responder);
        auto shared = std::make_shared<net::ServerRequest>(std::move(request));
        const bool taken = bodies->run(
            [this, shared, responder](const std::stop_token&) { deliveries->handle(std::move(*shared), responder); });
        if (!taken) responder.send(jsonAnswer(503, "unsafe", "too many large deliveries at once"));
    }

    void stop() {
        ready = false;
        reconciler.reset();
        server.reset();
        adminServer.reset();
        calls.reset();
        bodies.reset();
        if (submitter) submitter->stop();
        superseder.reset();
        platform.reset();
        if (spool) spool->stop();
    }

    Settings settings;
    const webhook::SignatureKeys signatureKeys{settings.secrets};
    const std::string ns;
    const std::string deployNamespace;
    LiveConfig config;
    Clock& clock;
    Logger& log;
    Failpoints failpoints;
    Metrics metrics;
    net::CurlTransport transport;
    kube::KubeClient client;
    KubeRunCreator creator;
    RateLimit limit;
    DeadlineQueue deadlines;
    std::unique_ptr<Spool> spool;
    std::unique_ptr<DeadLetters> deadLetters;
    std::unique_ptr<Superseder> superseder;
    std::unique_ptr<Submitter> submitter;
    std::unique_ptr<RunLauncher> launcher;
    std::unique_ptr<PlatformServices> platform;
    std::unique_ptr<TaskPool> calls;
    std::unique_ptr<TaskPool> bodies;
    std::unique_ptr<DeliveryHandler> deliveries;
    std::unique_ptr<RebuildHandler> rebuilds;
    std::unique_ptr<AdminRoutes> admin;
    std::atomic<bool> ready{false};
    std::unique_ptr<net::HttpServer> adminServer;
    std::unique_ptr<net::HttpServer> server;
    std::unique_ptr<Reconciler> reconciler;
};

Result<std::unique_ptr<Receiver>> Receiver::start(Settings settings, config::Config config,
                                                  kube::ClusterAccess access, Clock& clock, Logger& log) {
    auto failpoints = Failpoints::parse(settings.failpoint);
    if (!failpoints) return fail(failpoints.error());
    auto impl = std::make_unique<Impl>(std::move(settings), std::move(config), std::move(access),
                                       std::move(*failpoints), clock, log);
    if (auto opened = impl->open(); !opened) return fail(opened.error());
    if (auto listening = impl->listen(); !listening) return fail(listening.error());
    return std::unique_ptr<Receiver>(new Receiver(std::move(impl)));
}

Receiver::Receiver(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Receiver::~Receiver() = default;

std::uint16_t Receiver::port() const noexcept {
    return impl_->server->port();
}
std::uint16_t Receiver::adminPort() const noexcept {
    return impl_->adminServer->port();
}

void Receiver::reload() {
    auto config = readConfig(impl_->settings);
    impl_->metrics.configReloaded(config.has_value());
    if (!config) {
        impl_->log.error("configuration refused, the old one stays", {{"error", config.error().message}});
        return;
    }
    if (config->kubeNamespace != impl_->ns || config->deployNamespace != impl_->deployNamespace) {
        impl_->log.warn("namespaces change with a restart only", {{"kubeNamespace", impl_->ns}});
        config->kubeNamespace = impl_->ns;
        config->deployNamespace = impl_->deployNamespace;
    }
    impl_->config.set(std::move(*config));
    impl_->log.info("configuration reloaded");
}

void Receiver::drain() {
    impl_->ready = false;
    impl_->reconciler.reset();
    const bool answered = impl_->server->drain(kDrainRequests);
    impl_->spool->flush();
    const bool submitted = impl_->submitter->waitUntilIdle(kDrainRuns);
    const bool superseded = submitted && impl_->superseder->waitUntilIdle(kDrainSuperseding);
    impl_->log.info("drained", {{"answered", answered},
                                {"submitted", submitted},
                                {"superseded", superseded},
                                {"leftInSpool", impl_->submitter->depth()}});
}

}  // namespace cerebral::receiver
