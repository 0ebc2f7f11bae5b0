#pragma once
/// @file JourneyWorker: runs the PushBook on a thread of its own.
///
/// `apply` may be called from any thread; changes are merged by uid and worked off in batches. What
/// came out goes to `onPushes`, on the worker's thread. Questions are answered there too.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/journey/push_book.h"
#include "core/journey/verdict.h"
#include "ui/bridge/change_funnel.h"

namespace cerebral::ui {

class JourneyWorker {
public:
    using PushListener = std::function<void(const journey::PushChanges&)>;

    JourneyWorker(journey::JourneyRules rules, PushListener onPushes);
    ~JourneyWorker();
    JourneyWorker(const JourneyWorker&) = delete;
    JourneyWorker& operator=(const JourneyWorker&) = delete;

    void apply(const kube::Changes<tekton::PipelineRun>& changes) { keep(runs_, changes); }
    void apply(const kube::Changes<tekton::TaskRun>& changes) { keep(taskRuns_, changes); }
    void apply(const kube::Changes<kube::Pod>& changes) { keep(pods_, changes); }
    void apply(const kube::Changes<kube::Deployment>& changes) { keep(deployments_, changes); }
    void apply(const kube::Changes<kube::ReplicaSet>& changes) { keep(replicaSets_, changes); }
    void setDeliveries(std::vector<journey::DeliveryRecord> deliveries);

    /// `answer` runs on the worker's thread.
    void ask(std::string commit, std::function<void(std::vector<journey::Answer>)> answer);

private:
    template <class T>
    void keep(ChangeFunnel<T>& funnel, const kube::Changes<T>& changes) {
        funnel.push(changes);
        wake();
    }
    void wake();
    void run(const std::stop_token& stop);
    /// The first lists come in many parts: they are worked off in one go, and what shows them has the CPU first.
    void gather(const std::stop_token& stop);
    void work();

    PushListener onPushes_;
    ChangeFunnel<tekton::PipelineRun> runs_;
    ChangeFunnel<tekton::TaskRun> taskRuns_;
    ChangeFunnel<kube::Pod> pods_;
    ChangeFunnel<kube::Deployment> deployments_;
    ChangeFunnel<kube::ReplicaSet> replicaSets_;
    journey::PushBook book_;  ///< the worker's thread only
    bool listing_ = false;    ///< the last go was part of a first list; the worker's thread only

    std::mutex mutex_;
    std::condition_variable_any woken_;
    bool dirty_ = false;
    std::deque<std::function<void(journey::PushBook&)>> questions_;
    std::jthread thread_;
};

}  // namespace cerebral::ui
