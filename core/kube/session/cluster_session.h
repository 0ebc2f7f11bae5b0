#pragma once
/// @file ClusterSession: everything the product follows of one cluster, live, behind one object.
///
/// It owns the transport, the client, and a store and reflector for each kind and namespace of its
/// scope. TaskRuns and task pods begin once the runs are known, because they are listed for the runs
/// that matter and watched for all (design: never list all of them).
///
/// Threads: construct, start and destroy on one thread; everything else from any. Listener calls come
/// from the session's threads, one at a time for one kind and namespace, at the same time for
/// different ones; they must not block and must not destroy the session. What a listener is told is
/// already in the snapshots. The destructor ends all threads first: no call arrives after it.

#include <memory>
#include <string>
#include <vector>

#include "core/kube/kube_client.h"
#include "core/kube/session/connection_state.h"
#include "core/kube/session/session_scope.h"
#include "core/kube/store.h"
#include "core/kube/workloads/deployment.h"
#include "core/kube/workloads/event.h"
#include "core/kube/workloads/pod.h"
#include "core/kube/workloads/replica_set.h"
#include "core/tekton/pipeline_run.h"
#include "core/tekton/task_run.h"

namespace cerebral::session {

template <class T>
using Objects = std::vector<kube::ObjectPtr<T>>;

class SessionListener {
public:
    virtual ~SessionListener() = default;
    virtual void onPipelineRuns(const kube::Changes<tekton::PipelineRun>&) {}
    virtual void onTaskRuns(const kube::Changes<tekton::TaskRun>&) {}
    /// Task pods and the platform's pods alike.
    virtual void onPods(const kube::Changes<kube::Pod>&) {}
    virtual void onDeployments(const kube::Changes<kube::Deployment>&) {}
    virtual void onReplicaSets(const kube::Changes<kube::ReplicaSet>&) {}
    virtual void onEvents(const kube::Changes<kube::Event>&) {}
    /// A feed changed its phase or was complete for the first time; ask `connection()` or `feeds()`.
    virtual void onConnectionChanged() {}
};

class ClusterSession {
public:
    /// `listener` and `clock` must outlive the session.
    ClusterSession(std::unique_ptr<net::HttpTransport> transport, kube::ClusterAccess access, SessionScope scope,
                   SessionListener& listener, Clock& clock);
    ~ClusterSession();
    ClusterSession(const ClusterSession&) = delete;
    ClusterSession& operator=(const ClusterSession&) = delete;

    void start();

    /// For calls that are not part of what is followed (logs, actions, doctor).
    [[nodiscard]] kube::KubeClient& client() noexcept;
    [[nodiscard]] const SessionScope& scope() const noexcept;

    [[nodiscard]] Objects<tekton::PipelineRun> pipelineRuns() const;
    [[nodiscard]] Objects<tekton::TaskRun> taskRuns() const;
    [[nodiscard]] Objects<kube::Pod> pods() const;
    [[nodiscard]] Objects<kube::Deployment> deployments() const;
    [[nodiscard]] Objects<kube::ReplicaSet> replicaSets() const;
    [[nodiscard]] Objects<kube::Event> events() const;
    /// Null when not known.
    [[nodiscard]] kube::ObjectPtr<tekton::PipelineRun> findPipelineRun(const std::string& ns,
                                                                       const std::string& name) const;

    [[nodiscard]] std::vector<FeedState> feeds() const;
    [[nodiscard]] ConnectionState connection() const;

    /// Keeps the run's TaskRuns and pods at hand until as many `closeRun`; fetches them when they are not.
    void openRun(const std::string& ns, const std::string& name);
    void closeRun(const std::string& ns, const std::string& name);

    /// Ends every backoff wait: the network came back, or somebody pressed "reconnect".
    void reconnectNow();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace cerebral::session
