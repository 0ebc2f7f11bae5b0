#include "app/dashboard/cluster_link.h"

#include <random>

#include "core/net/curl_transport.h"

namespace cerebral::dashboard {

class ClusterLink::Listener final : public session::SessionListener {
public:
    Listener(ui::ClusterBridge& bridge, ui::JourneyWorker& journeys) : bridge_(bridge), journeys_(journeys) {}
    void onPipelineRuns(const kube::Changes<tekton::PipelineRun>& changes) override { tell(changes); }
    void onTaskRuns(const kube::Changes<tekton::TaskRun>& changes) override { tell(changes); }
    void onPods(const kube::Changes<kube::Pod>& changes) override { tell(changes); }
    void onDeployments(const kube::Changes<kube::Deployment>& changes) override { tell(changes); }
    void onReplicaSets(const kube::Changes<kube::ReplicaSet>& changes) override { tell(changes); }
    void onEvents(const kube::Changes<kube::Event>& changes) override { bridge_.post(changes); }
    void onConnectionChanged() override { bridge_.postSyncChange(); }

private:
    template <class T>
    void tell(const kube::Changes<T>& changes) {
        bridge_.post(changes);
        journeys_.apply(changes);
    }

    ui::ClusterBridge& bridge_;
    ui::JourneyWorker& journeys_;
};

namespace {

journey::JourneyRules rulesFor(const ClusterLink::Namespaces& namespaces) {
    journey::JourneyRules rules;
    rules.deployNamespace = namespaces.platform;
    return rules;
}

}  // namespace

ClusterLink::ClusterLink(const kube::Kubeconfig& kubeconfig, kube::ClusterAccess access, Namespaces namespaces,
                         Clock& clock, ui::ClusterBridge& bridge, History history)
    : kubeconfig_(kubeconfig),
      configured_(namespaces),
      namespaces_(std::move(namespaces)),
      clock_(clock),
      history_(std::move(history)),
      bridge_(bridge),
      pending_(std::move(access)),
      since_(clock.steadyNow()) {}

ClusterLink::~ClusterLink() = default;

void ClusterLink::start(std::unique_ptr<net::HttpTransport> transport) {
    if (session_) return;
    if (!transport) transport = std::make_unique<net::CurlTransport>();
    begin(std::move(*pending_), std::move(transport));
    pending_.reset();
    session_->start();
    deliveries_->start();
}

const kube::ClusterAccess& ClusterLink::access() const {
    return session_ ? session_->client().access() : *pending_;
}

void ClusterLink::begin(kube::ClusterAccess access, std::unique_ptr<net::HttpTransport> transport) {
    journeys_ = std::make_unique<ui::JourneyWorker>(
        rulesFor(namespaces_), [&bridge = bridge_](const journey::PushChanges& changes) { bridge.post(changes); });
    listener_ = std::make_unique<Listener>(bridge_, *journeys_);
    session::SessionScope scope;
    scope.pipelineNamespaces = {namespaces_.pipelines};
    scope.platformNamespaces = {namespaces_.platform};
    scope.seed = std::random_device{}();
    session_ = std::make_unique<session::ClusterSession>(std::move(transport), std::move(access), std::move(scope),
                                                         *listener_, clock_);
    deliveries_ = std::make_unique<ui::DeliveryFeed>(
        session_->client().access(), namespaces_.pipelines, clock_,
        [this](std::vector<journey::DeliveryRecord> records) { journeys_->setDeliveries(std::move(records)); });
}

// ---- switching ----

void ClusterLink::switchTo(kube::ClusterAccess access, Namespaces namespaces) {
    if (hooks_.leave) hooks_.leave();
    deliveries_.reset();
    session_.reset();
    listener_.reset();
    journeys_.reset();
    bridge_.drop();
    namespaces_ = std::move(namespaces);
    pending_ = std::move(access);
    start();
    if (hooks_.arrive) hooks_.arrive();
}

Result<void> ClusterLink::switchContext(const QString& context) {
    auto access = kubeconfig_.access(context.toStdString(), clock_);
    if (!access) return fail(access.error());
    switchTo(std::move(*access), configured_);
    return {};
}

Result<void> ClusterLink::switchNamespaces(const QString& pipelines, const QString& platform) {
    kube::ClusterAccess same = access();
    switchTo(std::move(same), {pipelines.toStdString(), platform.toStdString()});
    return {};
}

QStringList ClusterLink::contexts() const {
    QStringList names;
    for (const kube::KubeContext& context : kubeconfig_.contexts()) names << QString::fromStdString(context.name);
    return names;
}

QStringList ClusterLink::knownNamespaces() const {
    QStringList names{QString::fromStdString(configured_.pipelines), QString::fromStdString(configured_.platform)};
    for (const kube::KubeContext& context : kubeconfig_.contexts()) names << QString::fromStdString(context.ns);
    names << namespaces();
    names.removeAll(QString());
    names.removeDuplicates();
    return names;
}

std::vector<ui::KindSync> ClusterLink::kinds() const {
    std::vector<ui::KindSync> states;
    if (!session_) {
        kube::SyncState loading;
        loading.since = since_;
        states.push_back({QString::fromUtf8(session::toString(session::Kind::PipelineRuns)), std::move(loading)});
        return states;
    }
    for (session::FeedState& feed : session_->feeds())
        states.push_back(
            {QString::fromUtf8(session::toString(feed.kind)), std::move(feed.sync), QString::fromStdString(feed.ns)});
    return states;
}

QString ClusterLink::context() const {
    return QString::fromStdString(access().contextName);
}

QStringList ClusterLink::namespaces() const {
    return {QString::fromStdString(namespaces_.pipelines), QString::fromStdString(namespaces_.platform)};
}

void ClusterLink::retryNow() {
    start();
    session_->reconnectNow();
    deliveries_->askNow();
}

void ClusterLink::askCommit(const std::string& commit) {
    start();
    journeys_->ask(commit, [this, commit](std::vector<journey::Answer> answers) {
        bridge_.postAnswers(commit, std::move(answers));
    });
}

kube::KubeClient& ClusterLink::client() {
    start();
    return session_->client();
}

std::string ClusterLink::clusterName() const {
    return access().server;
}

void ClusterLink::openRun(const std::string& ns, const std::string& name) {
    start();
    session_->openRun(ns, name);
}

void ClusterLink::closeRun(const std::string& ns, const std::string& name) {
    if (session_) session_->closeRun(ns, name);
}

}  // namespace cerebral::dashboard
