#pragma once
/// @file ClusterBridge: the one place where the threads of core meet the GUI thread.
///
/// `post…` may be called from any thread at any rate. Changes are merged by uid and cross over as
/// one queued call at a time, at most one each 50 ms (while a first list comes in, less often); signals are
/// emitted on the thread the bridge lives on. A connection that changes its state is told at once, with all that
/// waits: that is rare, and the end of a first list is one. Whoever posts must have stopped before the bridge is
/// destroyed.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/journey/push_book.h"
#include "core/journey/verdict.h"
#include "core/kube/workloads/deployment.h"
#include "core/kube/workloads/event.h"
#include "core/kube/workloads/pod.h"
#include "core/kube/workloads/replica_set.h"
#include "core/tekton/pipeline_run.h"
#include "core/tekton/task_run.h"
#include "ui/bridge/change_funnel.h"

namespace cerebral::ui {

using RunChanges = kube::Changes<tekton::PipelineRun>;
using TaskRunChanges = kube::Changes<tekton::TaskRun>;
using PodChanges = kube::Changes<kube::Pod>;
using EventChanges = kube::Changes<kube::Event>;
using DeploymentChanges = kube::Changes<kube::Deployment>;
using ReplicaSetChanges = kube::Changes<kube::ReplicaSet>;

class ClusterBridge : public QObject {
    Q_OBJECT
public:
    explicit ClusterBridge(std::chrono::milliseconds interval = std::chrono::milliseconds(50),
                           QObject* parent = nullptr);

    // ---- any thread ----
    void post(const RunChanges& changes) { keep(runs_, changes); }
    void post(const TaskRunChanges& changes) { keep(taskRuns_, changes); }
    void post(const PodChanges& changes) { keep(pods_, changes); }
    void post(const EventChanges& changes) { keep(events_, changes); }
    void post(const DeploymentChanges& changes) { keep(deployments_, changes); }
    void post(const ReplicaSetChanges& changes) { keep(replicaSets_, changes); }
    /// Later states of a push replace earlier ones.
    void post(const journey::PushChanges& changes);
    /// An answer to "is my commit live?".
    void postAnswers(std::string commit, std::vector<journey::Answer> answers);
    /// A reflector changed its phase; readers ask for the states themselves.
    void postSyncChange();

    /// Forgets what waits to cross: it speaks of a cluster that is no longer followed. Nobody posts meanwhile.
    void drop();

    /// Queued calls so far; tests count crossings.
    [[nodiscard]] int crossings() const noexcept { return crossings_; }

signals:
    void runsChanged(const cerebral::ui::RunChanges& changes);
    void taskRunsChanged(const cerebral::ui::TaskRunChanges& changes);
    void podsChanged(const cerebral::ui::PodChanges& changes);
    void eventsChanged(const cerebral::ui::EventChanges& changes);
    void deploymentsChanged(const cerebral::ui::DeploymentChanges& changes);
    void replicaSetsChanged(const cerebral::ui::ReplicaSetChanges& changes);
    void pushesChanged(const cerebral::journey::PushChanges& changes);
    void commitAnswered(const std::string& commit, const std::vector<cerebral::journey::Answer>& answers);
    void syncChanged();

private:
    template <class T>
    void keep(ChangeFunnel<T>& funnel, const kube::Changes<T>& changes) {
        funnel.push(changes);
        request();
    }
    enum class When : std::uint8_t { InTurn, AtOnce };
    void request(When when = When::InTurn);
    void arrive();
    void flush();
    [[nodiscard]] journey::PushChanges takePushes();
    [[nodiscard]] std::map<std::string, std::vector<journey::Answer>> takeAnswers();

    ChangeFunnel<tekton::PipelineRun> runs_;
    ChangeFunnel<tekton::TaskRun> taskRuns_;
    ChangeFunnel<kube::Pod> pods_;
    ChangeFunnel<kube::Event> events_;
    ChangeFunnel<kube::Deployment> deployments_;
    ChangeFunnel<kube::ReplicaSet> replicaSets_;
    std::mutex pushMutex_;
    std::map<std::string, std::vector<journey::Answer>> answers_;
    std::unordered_map<std::string, journey::PushPtr> pushes_;  ///< null: removed
    std::atomic<bool> syncDirty_{false};
    std::atomic<bool> queued_{false};
    std::atomic<bool> hurried_{false};  ///< the call that is queued is not to wait for its turn
    std::chrono::milliseconds interval_;
    /// To the next crossing. Grows while a list arrives, at whatever pace: each batch costs a layout and a painting.
    std::chrono::milliseconds pause_;
    QElapsedTimer sinceFlush_;
    QTimer rest_;
    int crossings_ = 0;
};

}  // namespace cerebral::ui
