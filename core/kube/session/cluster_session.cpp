#include "core/kube/session/cluster_session.h"

#include <iterator>
#include <map>
#include <mutex>
#include <set>

#include "core/kube/session/feed.h"
#include "core/kube/session/run_scopes.h"
#include "core/kube/workloads/decode.h"
#include "core/tekton/decode.h"

namespace cerebral::session {
namespace {

using kube::Changes;

constexpr const char* kTaskPodLabel = "tekton.dev/pipelineRun";

template <class T>
Objects<T> allOf(const std::vector<std::unique_ptr<Feed<T>>>& feeds) {
    Objects<T> all;
    for (const auto& feed : feeds) {
        auto some = feed->store().snapshot();
        all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    return all;
}

}  // namespace

class ClusterSession::Impl {
public:
    Impl(std::unique_ptr<net::HttpTransport> transport, kube::ClusterAccess access, SessionScope wanted,
         SessionListener& listener, Clock& clock)
        : transport_(std::move(transport)),
          client(*transport_, std::move(access)),
          scope(std::move(wanted)),
          listener_(listener),
          clock_(clock) {
        for (const std::string& ns : scope.pipelineNamespaces) addPipelineNamespace(ns);
        for (const std::string& ns : scope.platformNamespaces) addPlatformNamespace(ns);
        std::set<std::string> eventNamespaces(scope.pipelineNamespaces.begin(), scope.pipelineNamespaces.end());
        eventNamespaces.insert(scope.platformNamespaces.begin(), scope.platformNamespaces.end());
        for (const std::string& ns : eventNamespaces) addEvents(ns);
    }

    ~Impl() {
        {
            const std::scoped_lock lock(startMutex_);
            stopping_ = true;
        }
        for (FeedBase* feed : all_) feed->reflector().requestStop();
        for (FeedBase* feed : all_) feed->reflector().stop();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void start() {
        for (FeedBase* feed : all_) {
            if (feed->kind() != Kind::TaskRuns && feed->kind() != Kind::TaskPods) feed->start();
        }
    }

    [[nodiscard]] std::vector<FeedState> feedStates() const {
        std::vector<FeedState> states;
        for (const FeedBase* feed : all_) {
            if (feed->started()) states.push_back(feed->state());
        }
        return states;
    }

    void reconnectNow() {
        for (FeedBase* feed : all_) feed->reflector().retryNow();
    }

    void open(const std::string& ns, const std::string& name) {
        const auto it = scopes_.find(ns);
        if (it == scopes_.end() || !it->second.open(name)) return;
        for (FeedBase* feed : all_) {
            const bool task = feed->kind() == Kind::TaskRuns || feed->kind() == Kind::TaskPods;
            if (task && feed->ns() == ns && feed->started()) feed->reflector().relist();
        }
    }

    void close(const std::string& ns, const std::string& name) {
        if (const auto it = scopes_.find(ns); it != scopes_.end()) it->second.close(name);
    }

private:
    std::unique_ptr<net::HttpTransport> transport_;

public:
    kube::KubeClient client;
    const SessionScope scope;
    std::vector<std::unique_ptr<Feed<tekton::PipelineRun>>> pipelineRuns;
    std::vector<std::unique_ptr<Feed<tekton::TaskRun>>> taskRuns;
    std::vector<std::unique_ptr<Feed<kube::Pod>>> pods;
    std::vector<std::unique_ptr<Feed<kube::Deployment>>> deployments;
    std::vector<std::unique_ptr<Feed<kube::ReplicaSet>>> replicaSets;
    std::vector<std::unique_ptr<Feed<kube::Event>>> events;

private:
    kube::ReflectorOptions options(const kube::ResourceType& type, const std::string& ns) {
        kube::ReflectorOptions options;
        options.type = type;
        options.ns = ns;
        options.seed = scope.seed + all_.size();
        return options;
    }

    template <class T>
    void add(std::vector<std::unique_ptr<Feed<T>>>& feeds, Kind kind, kube::ReflectorOptions options,
             typename Feed<T>::MakeSink makeSink, typename kube::Store<T>::Listener onChanges,
             kube::Reflector::StateListener onState = {}) {
        if (!onState) onState = [this](const kube::SyncState&) { listener_.onConnectionChanged(); };
        feeds.push_back(std::make_unique<Feed<T>>(kind, client, clock_, features_, std::move(options), makeSink,
                                                  std::move(onChanges), std::move(onState)));
        all_.push_back(feeds.back().get());
    }

    void addPipelineNamespace(const std::string& ns) {
        RunScopes& runs = scopes_.try_emplace(ns, scope.recentRuns).first->second;
        add<tekton::PipelineRun>(
            pipelineRuns, Kind::PipelineRuns, options(kube::types::kPipelineRuns, ns), tekton::makePipelineRunSink,
            [this, &runs](const Changes<tekton::PipelineRun>& changes) {
                runs.apply(changes);
                listener_.onPipelineRuns(changes);
            },
            [this, ns](const kube::SyncState& state) { onRunsState(ns, state); });

        auto taskOptions = options(kube::types::kTaskRuns, ns);
        taskOptions.scopes = [&runs] { return runs.selectors(); };
        add<tekton::TaskRun>(taskRuns, Kind::TaskRuns, std::move(taskOptions), tekton::makeTaskRunSink,
                             [this](const Changes<tekton::TaskRun>& changes) { listener_.onTaskRuns(changes); });

        auto podOptions = options(kube::types::kPods, ns);
        podOptions.labelSelector = kTaskPodLabel;
        podOptions.scopes = [&runs] { return runs.selectors(); };
        add<kube::Pod>(pods, Kind::TaskPods, std::move(podOptions), kube::makePodSink,
                       [this](const Changes<kube::Pod>& changes) { listener_.onPods(changes); });
    }

    void addPlatformNamespace(const std::string& ns) {
        add<kube::Deployment>(deployments, Kind::Deployments, options(kube::types::kDeployments, ns),
                              kube::makeDeploymentSink,
                              [this](const Changes<kube::Deployment>& changes) { listener_.onDeployments(changes); });
        add<kube::ReplicaSet>(replicaSets, Kind::ReplicaSets, options(kube::types::kReplicaSets, ns),
                              kube::makeReplicaSetSink,
                              [this](const Changes<kube::ReplicaSet>& changes) { listener_.onReplicaSets(changes); });
        add<kube::Pod>(pods, Kind::Pods, options(kube::types::kPods, ns), kube::makePodSink,
                       [this](const Changes<kube::Pod>& changes) { listener_.onPods(changes); });
    }

    void addEvents(const std::string& ns) {
        add<kube::Event>(
            events, Kind::Events, options(kube::types::kEvents, ns),
            [](kube::Store<kube::Event>& store) { return kube::makeEventSink(store); },
            [this](const Changes<kube::Event>& changes) { listener_.onEvents(changes); });
    }

    /// The runs are known (or may not be read): now it is known which TaskRuns and pods to ask for.
    void onRunsState(const std::string& ns, const kube::SyncState& state) {
        if (state.hasSynced || state.phase == kube::SyncPhase::Forbidden) startTaskFeeds(ns);
        listener_.onConnectionChanged();
    }

    void startTaskFeeds(const std::string& ns) {
        const std::scoped_lock lock(startMutex_);
        if (stopping_) return;
        for (const auto& feed : taskRuns) {
            if (feed->ns() == ns) feed->start();
        }
        for (const auto& feed : pods) {
            if (feed->ns() == ns && feed->kind() == Kind::TaskPods) feed->start();
        }
    }

    SessionListener& listener_;
    Clock& clock_;
    std::shared_ptr<kube::ServerFeatures> features_ = std::make_shared<kube::ServerFeatures>();
    std::map<std::string, RunScopes> scopes_;
    std::vector<FeedBase*> all_;
    std::mutex startMutex_;
    bool stopping_ = false;
};

ClusterSession::ClusterSession(std::unique_ptr<net::HttpTransport> transport, kube::ClusterAccess access,
                               SessionScope scope, SessionListener& listener, Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(transport), std::move(access), std::move(scope), listener, clock)) {}

ClusterSession::~ClusterSession() = default;

void ClusterSession::start() {
    impl_->start();
}

kube::KubeClient& ClusterSession::client() noexcept {
    return impl_->client;
}

const SessionScope& ClusterSession::scope() const noexcept {
    return impl_->scope;
}

Objects<tekton::PipelineRun> ClusterSession::pipelineRuns() const {
    return allOf(impl_->pipelineRuns);
}

Objects<tekton::TaskRun> ClusterSession::taskRuns() const {
    return allOf(impl_->taskRuns);
}

Objects<kube::Pod> ClusterSession::pods() const {
    return allOf(impl_->pods);
}

Objects<kube::Deployment> ClusterSession::deployments() const {
    return allOf(impl_->deployments);
}

Objects<kube::ReplicaSet> ClusterSession::replicaSets() const {
    return allOf(impl_->replicaSets);
}

Objects<kube::Event> ClusterSession::events() const {
    return allOf(impl_->events);
}

kube::ObjectPtr<tekton::PipelineRun> ClusterSession::findPipelineRun(const std::string& ns,
                                                                     const std::string& name) const {
    for (const auto& feed : impl_->pipelineRuns) {
        if (feed->ns() == ns) return feed->store().find(ns + "/" + name);
    }
    return nullptr;
}

std::vector<FeedState> ClusterSession::feeds() const {
    return impl_->feedStates();
}

ConnectionState ClusterSession::connection() const {
    return summarize(impl_->feedStates());
}

void ClusterSession::openRun(const std::string& ns, const std::string& name) {
    impl_->open(ns, name);
}

void ClusterSession::closeRun(const std::string& ns, const std::string& name) {
    impl_->close(ns, name);
}

void ClusterSession::reconnectNow() {
    impl_->reconnectNow();
}

}  // namespace cerebral::session
