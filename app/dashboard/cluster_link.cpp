#include "app/dashboard/cluster_link.h"

#include <random>

#include "core/net/curl_transport.h"

namespace cerebral::dashboard {

class ClusterLink::Listener final : public session::SessionListener {
public:
    explicit Listener(ui::ClusterBridge& bridge) : bridge_(bridge) {}
    void onPipelineRuns(const kube::Changes<tekton::PipelineRun>& changes) override { bridge_.post(changes); }
    void onTaskRuns(const kube::Changes<tekton::TaskRun>& changes) override { bridge_.post(changes); }
    void onPods(const kube::Changes<kube::Pod>& changes) override { bridge_.post(changes); }
    void onDeployments(const kube::Changes<kube::Deployment>& changes) override { bridge_.post(changes); }
    void onReplicaSets(const kube::Changes<kube::ReplicaSet>& changes) override { bridge_.post(changes); }
    void onEvents(const kube::Changes<kube::Event>& changes) override { bridge_.post(changes); }
    void onConnectionChanged() override { bridge_.postSyncChange(); }

private:
    ui::ClusterBridge& bridge_;
};

ClusterLink::ClusterLink(kube::ClusterAccess access, Namespaces namespaces, Clock& clock, ui::ClusterBridge& bridge,
                         history::History* history)
    : namespaces_(std::move(namespaces)),
      clock_(clock),
      history_(history),
      listener_(std::make_unique<Listener>(bridge)) {
    session::SessionScope scope;
    scope.pipelineNamespaces = {namespaces_.pipelines};
    scope.platformNamespaces = {namespaces_.platform};
    scope.seed = std::random_device{}();
    session_ = std::make_unique<session::ClusterSession>(std::make_unique<net::CurlTransport>(), std::move(access),
                                                         std::move(scope), *listener_, clock_);
}

ClusterLink::~ClusterLink() = default;

void ClusterLink::start() {
    session_->start();
}

std::vector<ui::KindSync> ClusterLink::kinds() const {
    std::vector<ui::KindSync> states;
    for (session::FeedState& feed : session_->feeds())
        states.push_back({QString::fromUtf8(session::toString(feed.kind)), std::move(feed.sync)});
    return states;
}

QString ClusterLink::context() const {
    return QString::fromStdString(session_->client().access().contextName);
}

QStringList ClusterLink::namespaces() const {
    return {QString::fromStdString(namespaces_.pipelines), QString::fromStdString(namespaces_.platform)};
}

void ClusterLink::retryNow() {
    session_->reconnectNow();
}

kube::KubeClient& ClusterLink::client() {
    return session_->client();
}

std::string ClusterLink::clusterName() const {
    return session_->client().access().server;
}

void ClusterLink::openRun(const std::string& ns, const std::string& name) {
    session_->openRun(ns, name);
}

void ClusterLink::closeRun(const std::string& ns, const std::string& name) {
    session_->closeRun(ns, name);
}

}  // namespace cerebral::dashboard
