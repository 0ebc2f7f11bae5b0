#include <algorithm>

#include "core/journey/service_journey.h"
#include "core/kube/workloads/image_name.h"
#include "core/kube/workloads/pod_trouble.h"
#include "core/kube/workloads/rollout_state.h"

namespace cerebral::journey {
namespace {

using kube::Deployment;
using kube::Pod;
using kube::ReplicaSet;

ObjectRef refTo(const Deployment& deployment) {
    return {"Deployment", deployment.meta.ns, deployment.meta.name};
}
ObjectRef refTo(const ReplicaSet& set) {
    return {"ReplicaSet", set.meta.ns, set.meta.name};
}
ObjectRef refTo(const Pod& pod) {
    return {"Pod", pod.meta.ns, pod.meta.name};
}

/// One journey's digest, seen from its Deployment.
class DigestView {
public:
    DigestView(const RolloutView& view, const std::string& digest, const std::string& image)
        : view_(view), digest_(digest), repository_(kube::parseImageName(image).repository) {}

    [[nodiscard]] const Deployment& deployment() const { return *view_.deployment; }
    /// The newest template asks for it: by digest, or by a tag whose pods turned out to run it.
    [[nodiscard]] bool inPlace() const {
        if (deployment().carries(digest_)) return true;
        const bool byTag =
            std::any_of(deployment().images.begin(), deployment().images.end(), [&](const auto& image) {
                const kube::ImageName name = kube::parseImageName(image.image);
                return name.digest.empty() && !repository_.empty() && name.repository == repository_;
            });
        const ReplicaSet* set = currentSet();
        return byTag && set != nullptr && std::any_of(view_.pods.begin(), view_.pods.end(), [&](const auto& pod) {
                   const auto* owner = pod->meta.controller();
                   return owner != nullptr && owner->uid == set->meta.uid && pod->carries(digest_);
               });
    }
    /// It is, or once was, what this Deployment ran.
    [[nodiscard]] bool wasInPlace() const {
        return lastSetOfIt() != nullptr || std::any_of(view_.pods.begin(), view_.pods.end(),
                                                       [&](const auto& pod) { return pod->carries(digest_); });
    }
    [[nodiscard]] const ReplicaSet* currentSet() const {
        for (const auto& set : view_.replicaSets) {
            if (set->revision() == deployment().revision()) return set.get();
        }
        return nullptr;
    }
    [[nodiscard]] const ReplicaSet* firstSetOfIt() const {
        const auto it = std::find_if(view_.replicaSets.begin(), view_.replicaSets.end(),
                                     [&](const auto& set) { return set->carries(digest_); });
        return it == view_.replicaSets.end() ? nullptr : it->get();
    }
    /// A restart makes a ReplicaSet of its own; its rollout is not the one that brought the digest.
    [[nodiscard]] bool currentSetBroughtIt() const {
        const ReplicaSet* current = currentSet();
        return current == nullptr || current == firstSetOfIt() || firstSetOfIt() == nullptr;
    }
    [[nodiscard]] bool podsKnown() const { return !view_.pods.empty() || deployment().statusReplicas == 0; }
    [[nodiscard]] std::vector<const Pod*> readyPods() const {
        std::vector<const Pod*> ready;
        for (const auto& pod : view_.pods) {
            if (!pod->terminating() && pod->ready() && pod->carries(digest_)) ready.push_back(pod.get());
        }
        return ready;
    }
    /// The first pod that is to run it and cannot go on.
    [[nodiscard]] const Pod* troubledPod() const {
        for (const auto& pod : view_.pods) {
            if (pod->carries(digest_) && kube::podTrouble(*pod)) return pod.get();
        }
        return nullptr;
    }
    /// What came after the last revision that carried it.
    [[nodiscard]] std::pair<std::string, const ReplicaSet*> successor() const {
        const auto& sets = view_.replicaSets;
        const ReplicaSet* last = lastSetOfIt();
        for (const auto& set : sets) {
            if (last != nullptr && set->revision() <= last->revision()) continue;
            if (last == nullptr && set.get() != currentSet()) continue;
            return {ownDigest(set->images), set.get()};
        }
        return {ownDigest(deployment().images), nullptr};
    }

private:
    [[nodiscard]] const ReplicaSet* lastSetOfIt() const {
        const auto it = std::find_if(view_.replicaSets.rbegin(), view_.replicaSets.rend(),
                                     [&](const auto& set) { return set->carries(digest_); });
        return it == view_.replicaSets.rend() ? nullptr : it->get();
    }
    /// Of the container whose image it was, among sidecars.
    [[nodiscard]] std::string ownDigest(const std::vector<kube::ContainerImage>& images) const {
        for (const auto& image : images) {
            const kube::ImageName name = kube::parseImageName(image.image);
            if (name.repository == repository_ && !name.digest.empty()) return name.digest;
        }
        return images.size() == 1 ? kube::parseImageName(images.front().image).digest : std::string();
    }

    const RolloutView& view_;
    const std::string& digest_;
    std::string repository_;
};

const kube::Condition* progressing(const Deployment& deployment) {
    return kube::findCondition(deployment.conditions, "Progressing");
}

/// Its newest ReplicaSet was available once: pods that died since are no part of the rollout.
bool hasCompleted(const Deployment& deployment) {
    const kube::Condition* condition = progressing(deployment);
    return condition != nullptr && condition->reason == "NewReplicaSetAvailable" &&
           kube::rolloutState(deployment).phase != kube::RolloutPhase::NotObserved;
}

std::optional<Moment> progressedAt(const Deployment& deployment) {
    const auto at = kube::rolloutState(deployment).lastProgress;
    if (!at) return std::nullopt;
    return Moment{*at, refTo(deployment), "status.conditions[Progressing].lastUpdateTime"};
}

void markStuck(StageStatus& status, StuckPoint stuck, ServiceJourney& journey) {
    status.state = StageState::Stuck;
    status.reason = stuck.reason;
    status.detail = stuck.words;
    status.object = stuck.object;
    status.end.reset();
    noteStuck(journey, std::move(stuck));
}

std::optional<StuckPoint> obstacle(const DigestView& view, Stage stage) {
    const auto failsAt = kube::rolloutState(view.deployment()).failsAt;
    if (const Pod* pod = view.troubledPod()) {
        const auto trouble = kube::podTrouble(*pod);
        return StuckPoint{stage, refTo(*pod), trouble->reason, trouble->words, trouble->since, failsAt};
    }
    const kube::Condition* failure = kube::findCondition(view.deployment().conditions, "ReplicaFailure");
    if (failure == nullptr || !failure->isTrue()) return std::nullopt;
    return StuckPoint{
        stage, refTo(view.deployment()), failure->reason, failure->message, failure->lastTransitionTime, failsAt};
}

/// The Deployment's side of a rollout that deploy-task set off, while its template asks for the digest.
void followDeployment(const DigestView& view, StageStatus& status, ServiceJourney& journey) {
    const Deployment& deployment = view.deployment();
    const kube::RolloutState state = kube::rolloutState(deployment);
    const kube::Condition* condition = progressing(deployment);
    const bool completedOnce = hasCompleted(deployment);
    // A later restart of the same image, or pods that died since, are no part of this rollout.
    if (!view.currentSetBroughtIt() || completedOnce) {
        if (status.state == StageState::Cancelled && view.currentSetBroughtIt()) {
            // The rollout went on without its task.
            status.reason.clear();
            status.detail.clear();
        } else if (isOver(status.state) || status.state == StageState::Running || status.state == StageState::Stuck) {
            return;
        }
        status.state = StageState::Done;
        status.object = refTo(deployment);
        const ReplicaSet* first = view.firstSetOfIt();
        if (first != nullptr && !first->cameBack() && first->meta.creationTimestamp) {
            status.start = Moment{*first->meta.creationTimestamp, refTo(*first), "metadata.creationTimestamp"};
        }
        if (view.currentSetBroughtIt()) status.end = progressedAt(deployment);
        return;
    }
    status.detail = state.sentence;
    if (state.phase == kube::RolloutPhase::DeadlineExceeded) {
        // Where the task gave up before the Deployment did, that was the end.
        const bool gaveUp = status.state == StageState::Failed && status.end.has_value();
        status.state = StageState::Failed;
        status.object = refTo(deployment);
        status.reason = condition->reason;
        if (!gaveUp) status.end = progressedAt(deployment);
        return;
    }
    // The task gave up waiting: its word stands, the pods tell the rest.
    if (!state.underway() || status.state == StageState::Failed || status.state == StageState::Cancelled) return;
    if (status.state != StageState::Stuck) {
        status.state = StageState::Running;
        status.object = refTo(deployment);
        status.end.reset();
    }
    if (auto stuck = obstacle(view, Stage::Rollout)) markStuck(status, std::move(*stuck), journey);
}

void describeLivePods(const DigestView& view, const std::vector<const Pod*>& ready, ServiceJourney& journey) {
    if (!view.podsKnown()) return;
    LivePods live;
    live.wanted = view.deployment().replicas;
    // A surge may run more than are wanted for a moment.
    live.ready = std::min(static_cast<int>(ready.size()), live.wanted);
    for (const Pod* pod : ready) live.since = std::max(live.since, pod->readySince());
    journey.live = live;
}

StageStatus liveDone(const std::vector<const Pod*>& ready) {
    StageStatus status;
    status.state = StageState::Done;
    const auto last = std::max_element(ready.begin(), ready.end(),
                                       [](const Pod* a, const Pod* b) { return a->readySince() < b->readySince(); });
    status.object = refTo(**last);
    if (const auto created = (*last)->meta.creationTimestamp) {
        status.start = Moment{*created, status.object, "metadata.creationTimestamp"};
    }
    if (const auto since = (*last)->readySince()) {
        status.end = Moment{*since, status.object, "status.conditions[Ready].lastTransitionTime"};
    }
    return status;
}

void liveInPlace(const DigestView& view, StageStatus& status, ServiceJourney& journey) {
    const StageState rollout = journey.stage(Stage::Rollout).state;
    status.object = refTo(view.deployment());
    if (view.deployment().replicas == 0) {
        status.state = StageState::Pending;
        status.reason = "ScaledToZero";
        status.detail = "the Deployment wants no pods";
        return;
    }
    if (!view.podsKnown()) {
        status = {};
        status.detail = "the Deployment's pods are not visible";
        return;
    }
    const bool through = rollout == StageState::Done || rollout == StageState::Skipped;
    status.state = through || journey.live->ready > 0 ? StageState::Running : StageState::Pending;
    if (!through) return;
    if (auto stuck = obstacle(view, Stage::Live)) markStuck(status, std::move(*stuck), journey);
}

void liveReplaced(const RunContext& context, const DigestView& view, StageStatus& status, ServiceJourney& journey) {
    auto [digest, set] = view.successor();
    // Until what comes next is in its pods, this is still what there is.
    const bool through =
        hasCompleted(view.deployment()) || kube::rolloutState(view.deployment()).phase == kube::RolloutPhase::Done;
    const bool waits =
        !through && journey.live && view.wasInPlace() && (journey.live->ready > 0 || set == view.currentSet());
    status.state = waits ? StageState::Running : StageState::Replaced;
    status.object = refTo(view.deployment());
    Replacement replacement;
    if (auto known = context.madeImage(digest)) {
        replacement.commit = std::move(known->commit);
        replacement.pushKey = std::move(known->pushKey);
    }
    replacement.digest = std::move(digest);
    // When an undo brought the ReplicaSet back its creation is not when it took over.
    if (set != nullptr && !set->cameBack() && set->meta.creationTimestamp) {
        replacement.at = set->meta.creationTimestamp;
        if (!waits) status.end = Moment{*replacement.at, refTo(*set), "metadata.creationTimestamp"};
    }
    journey.replacedBy = std::move(replacement);
}

StageStatus liveStage(const RunContext& context, ServiceJourney& journey) {
    const StageState rollout = journey.stage(Stage::Rollout).state;
    const bool finished = tekton::isFinished(journey.runState);
    StageStatus status;
    // What no object contradicts has not begun yet; what should have happened and is not visible is unknown.
    status.state = rollout == StageState::Skipped                                  ? StageState::Skipped
                   : rollout == StageState::Done || rollout == StageState::Unknown ? StageState::Unknown
                                                                                   : StageState::Pending;
    if (journey.digest.empty()) {
        if (rollout != StageState::Skipped && !finished) status.state = StageState::Pending;
        return status;
    }
    if (context.rollout == nullptr) {
        if (status.state == StageState::Unknown)
            status.detail = "Deployment " + journey.deployment.name() + " is not visible";
        return status;
    }
    const DigestView view(*context.rollout, journey.digest, journey.image);
    const auto ready = view.readyPods();
    describeLivePods(view, ready, journey);
    if (journey.live && journey.live->wanted > 0 && journey.live->ready >= journey.live->wanted)
        return liveDone(ready);
    if (view.inPlace()) {
        liveInPlace(view, status, journey);
    } else if (rollout == StageState::Done || view.wasInPlace()) {
        liveReplaced(context, view, status, journey);
    } else if (status.state == StageState::Unknown) {
        status.state = StageState::Pending;
    }
    return status;
}

}  // namespace

void describeRollout(const RunContext& context, const tekton::RunTask* deploy, ServiceJourney& journey) {
    StageStatus status = stageOfTask(context, deploy, context.rules.deployTask);
    const bool begun = status.state != StageState::Pending && status.state != StageState::Unknown;
    if (!journey.mayDeploy && !begun) status.state = StageState::Skipped;
    if (!journey.mayDeploy && status.state == StageState::Skipped) status.detail = "this branch is not deployed";
    if (context.rollout != nullptr && !journey.digest.empty() && status.state != StageState::Pending) {
        const DigestView view(*context.rollout, journey.digest, journey.image);
        if (status.state != StageState::Skipped && view.inPlace()) followDeployment(view, status, journey);
    }
    journey.stages[indexOf(Stage::Rollout)] = std::move(status);
    journey.stages[indexOf(Stage::Live)] = liveStage(context, journey);
}

}  // namespace cerebral::journey
