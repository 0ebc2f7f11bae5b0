#include "app/demo/demo_cluster.h"

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "app/demo/api/api_server.h"
#include "app/demo/api/cluster_keys.h"
#include "app/demo/api/pod_calls.h"
#include "app/demo/past/past_runs.h"
#include "app/demo/registry/registry_api.h"
#include "app/demo/sim/churn.h"
#include "app/demo/sim/controllers.h"
#include "app/demo/sim/landscape.h"
#include "app/demo/team/team.h"
#include "app/demo/tekton/scenario.h"
#include "core/base/encoding.h"

namespace cerebral::demo {
namespace {

constexpr std::size_t kKeepEvents = 4000;

net::ServerCallbacks callbacks(std::function<void(net::ServerRequest, net::Responder)> onRequest) {
    net::ServerCallbacks all;
    all.onRequest = std::move(onRequest);
    return all;
}

}  // namespace

class DemoCluster::Impl {
public:
    Impl(DemoOptions given, ClusterKeys keys, Logger& logger)
        : options(std::move(given)),
          log(logger),
          scheduler(options.speed),
          identity(options.seed),
          store(identity, scheduler.clock(), options.historyPerKind),
          credentials(scheduler.clock(), std::move(keys.administratorToken), std::move(keys.signingKey)),
          faults(scheduler.clock()),
          registry(options.seed),
          events(store, kKeepEvents),
          world{store, scheduler, events, logs, registry, scenarios, options.seed, {}},
          controllers(world),
          proxy(store),
          api(store, scheduler, credentials, faults, record, hooks()),
          tls(std::move(keys.tls)) {}
    ~Impl() { stop(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    Result<void> start();
    void stop();
    [[nodiscard]] std::string kubeconfig() const;
    Result<std::string> push(std::string_view story) {
        if (!team) return fail(ErrorKind::Unsupported, "the team has no receiver to push to");
        return team->push(story);
    }

    DemoOptions options;
    Logger& log;
    ThreadScheduler scheduler;
    Identity identity;
    ObjectStore store;
    Credentials credentials;
    FaultBox faults;
    CreateRecord record;
    LogStore logs;
    ImageRegistry registry;
    ScenarioBook scenarios;
    EventRecorder events;
    World world;
    Controllers controllers;
    PodProxy proxy;
    ApiServer api;
    std::unique_ptr<net::HttpServer> apiServer;
    std::unique_ptr<net::HttpServer> registryServer;
    std::unique_ptr<Team> team;
    std::shared_ptr<Churn> churn;
    net::ServerTls tls;                          ///< of the API, its own authority
    std::map<std::string, std::string> heads{};  ///< where the past has left its branches
    bool stopped = false;

private:
    ApiHooks hooks();
    [[nodiscard]] std::string tokenOf(std::string_view account) const;
};

ApiHooks DemoCluster::Impl::hooks() {
    ApiHooks all;
    all.podLog = [this](const ApiCall& call, const net::Responder& responder) {
        answerPodLog(store, logs, call, responder);
    };
    all.podProxy = [this](const ApiCall& call, const net::Responder& responder) { proxy.answer(call, responder); };
    all.terminatePod = [this](const ObjectPtr& pod, std::chrono::seconds grace) {
        return controllers.deployments().terminate(pod, grace);
    };
    all.push = [this](std::string_view story) { return push(story); };
    all.receiverAdmin = [this](std::uint16_t port) {
        proxy.setReceiverAdminUrl("http://127.0.0.1:" + std::to_string(port));
    };
    return all;
}

Result<void> DemoCluster::Impl::start() {
    net::ServerLimits limits;
    limits.maxConnections = 4096;
    limits.maxBodyBytes = 3U * 1024U * 1024U;  // what an API server takes
    limits.idleDeadline = std::chrono::minutes(5);
    limits.writeDeadline = std::chrono::minutes(2);
    net::ServerOptions registryOptions;
    registryOptions.port = options.registryPort;
    registryOptions.limits = limits;
    auto registryStarted = net::HttpServer::start(
        registryOptions, callbacks([this](const net::ServerRequest& request, const net::Responder& responder) {
            if (request.path.starts_with("/demo/")) return api.answerDemo(request, responder);
            responder.send(answerRegistry(registry, request));
        }),
        log);
    if (!registryStarted) return fail(registryStarted.error());
    registryServer = std::move(*registryStarted);
    world.registryHost = "127.0.0.1:" + std::to_string(registryServer->port());

    const PastPlan past = planPast(options.seed, options.runs, store.now());
    heads = past.heads;
    buildLandscape(world, controllers.deployments(), past);
    loadPast(world, past, options.pods);
    for (const std::string& text : options.faults) {
        const auto fault = FaultBox::parse(text);
        if (!fault) return fail(fault.error());
        faults.inject(*fault);
    }
    if (!options.keys.empty()) {
        // No version of an earlier start may pass for one of this.
        const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        store.raise(static_cast<std::uint64_t>(now.time_since_epoch().count()));
    }
    controllers.start();

    net::ServerOptions apiOptions;
    apiOptions.tls = tls;
    apiOptions.port = options.port;
    apiOptions.limits = limits;
    apiOptions.maxQueuedBytesPerStream = 32U * 1024U * 1024U;  // a watcher that far behind is cut
    auto apiStarted = net::HttpServer::start(
        apiOptions, callbacks([this](net::ServerRequest request, const net::Responder& responder) {
            api.handle(std::move(request), responder);
        }),
        log);
    if (!apiStarted) return fail(apiStarted.error());
    apiServer = std::move(*apiStarted);
    if (options.churn > 0) {
        churn = std::make_shared<Churn>(world, options.churn);
        scheduler.post([started = churn] { started->start(); });
    }
    if (!options.writeKubeconfig.empty()) return writePrivateFile(options.writeKubeconfig, kubeconfig());
    return {};
}

void DemoCluster::Impl::stop() {
    if (std::exchange(stopped, true)) return;
    apiServer.reset();
    team.reset();
    registryServer.reset();
    scheduler.stop();
    if (!options.writeKubeconfig.empty()) std::remove(options.writeKubeconfig.c_str());
}

std::string DemoCluster::Impl::tokenOf(std::string_view account) const {
    const ObjectPtr object = store.find(kindNamed("ServiceAccount"), kPipelineNs, account);
    return credentials.mint(kPipelineNs, account, object ? object->uid : "", {std::string(kApiAudience)},
                            store.now() + std::chrono::hours(24 * 365));
}

std::string DemoCluster::Impl::kubeconfig() const {
    const std::string url = "https://127.0.0.1:" + std::to_string(apiServer->port());
    Json contexts = Json::array(), users = Json::array();
    const auto context = [&](const std::string& name, std::string token) {
        contexts.push_back(
            {{"name", name}, {"context", {{"cluster", "demo"}, {"user", name}, {"namespace", kPipelineNs}}}});
        users.push_back({{"name", name}, {"user", {{"token", std::move(token)}}}});
    };
    context("demo", std::string(credentials.administratorToken().reveal()));
    context("demo-receiver", tokenOf("github-webhook-receiver"));
    context("demo-viewer", tokenOf("viewer"));
    context("demo-auditor", tokenOf("auditor"));
    // JSON is YAML.
    return Json{{"apiVersion", "v1"},
                {"kind", "Config"},
                {"current-context", "demo"},
                {"preferences", Json::object()},
                {"clusters",
                 Json::array({{{"name", "demo"},
                               {"cluster",
                                {{"server", url}, {"certificate-authority-data", toBase64(tls.certificatePem)}}}}})},
                {"contexts", contexts},
                {"users", users}}
               .dump(2) +
           "\n";
}

DemoCluster::DemoCluster(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DemoCluster::~DemoCluster() = default;

Result<std::unique_ptr<DemoCluster>> DemoCluster::start(DemoOptions options, Logger& log) {
    auto keys = options.keys.empty() ? makeClusterKeys() : keptClusterKeys(options.keys);
    if (!keys) return fail(keys.error());
    auto impl = std::make_unique<Impl>(std::move(options), std::move(*keys), log);
    if (const auto started = impl->start(); !started) return fail(started.error());
    return std::unique_ptr<DemoCluster>(new DemoCluster(std::move(impl)));
}

std::uint16_t DemoCluster::port() const {
    return impl_->apiServer->port();
}
std::uint16_t DemoCluster::registryPort() const {
    return impl_->registryServer->port();
}
std::string DemoCluster::url() const {
    return "https://127.0.0.1:" + std::to_string(port());
}
std::string DemoCluster::registryHost() const {
    return impl_->world.registryHost;
}
std::string DemoCluster::kubeconfig() const {
    return impl_->kubeconfig();
}
std::string DemoCluster::configYaml() const {
    return "registry: " + registryHost() + "\n";
}
std::vector<CreateEntry> DemoCluster::record() const {
    return impl_->record.entries();
}
std::uint64_t DemoCluster::changes() const {
    return impl_->store.changes();
}
std::size_t DemoCluster::openWatches() const {
    return impl_->api.openWatches();
}
void DemoCluster::stop() {
    impl_->stop();
}

Result<void> DemoCluster::injectFault(std::string_view text) {
    const auto fault = FaultBox::parse(text);
    if (!fault) return fail(fault.error());
    impl_->api.injectFault(*fault);
    return {};
}

Result<void> DemoCluster::startTeam(TeamOptions options) {
    if (options.webhookSecret.empty()) return fail(ErrorKind::Config, "the team needs the webhook's secret");
    impl_->proxy.setReceiverAdminUrl(options.receiverAdminUrl);
    impl_->team = std::make_unique<Team>(
        impl_->world, TeamSettings{options.receiverUrl, options.webhookSecret, options.pushEvery, impl_->heads},
        impl_->log);
    return {};
}

Result<std::string> DemoCluster::push(std::string_view story) {
    return impl_->push(story);
}

}  // namespace cerebral::demo
