#include "core/kube/workloads/rollout_state.h"

namespace cerebral::kube {
namespace {

std::string waiting(const Deployment& deployment, const std::string& what) {
    return "Waiting for deployment \"" + deployment.meta.name + "\" rollout to finish: " + what;
}

RolloutPhase phaseOf(const Deployment& deployment, const Condition* progressing) {
    if (deployment.meta.generation > deployment.observedGeneration) return RolloutPhase::NotObserved;
    if (progressing != nullptr && progressing->reason == "ProgressDeadlineExceeded") {
        return RolloutPhase::DeadlineExceeded;
    }
    if (deployment.updatedReplicas < deployment.replicas) return RolloutPhase::Updating;
    if (deployment.statusReplicas > deployment.updatedReplicas) return RolloutPhase::Terminating;
    if (deployment.availableReplicas < deployment.updatedReplicas) return RolloutPhase::WaitingAvailable;
    return RolloutPhase::Done;
}

std::string sentenceFor(RolloutPhase phase, const Deployment& deployment) {
    const auto text = [](int number) { return std::to_string(number); };
    switch (phase) {
        case RolloutPhase::NotObserved:
            return "Waiting for deployment spec update to be observed...";
        case RolloutPhase::DeadlineExceeded:
            return "deployment \"" + deployment.meta.name + "\" exceeded its progress deadline";
        case RolloutPhase::Updating:
            return waiting(deployment, text(deployment.updatedReplicas) + " out of " + text(deployment.replicas) +
                                           " new replicas have been updated...");
        case RolloutPhase::Terminating:
            return waiting(deployment, text(deployment.statusReplicas - deployment.updatedReplicas) +
                                           " old replicas are pending termination...");
        case RolloutPhase::WaitingAvailable:
            return waiting(deployment, text(deployment.availableReplicas) + " of " +
                                           text(deployment.updatedReplicas) + " updated replicas are available...");
        case RolloutPhase::Done:
            return "deployment \"" + deployment.meta.name + "\" successfully rolled out";
    }
    return {};
}

}  // namespace

const char* toString(RolloutPhase phase) noexcept {
    switch (phase) {
        case RolloutPhase::NotObserved:
            return "not-observed";
        case RolloutPhase::Updating:
            return "updating";
        case RolloutPhase::Terminating:
            return "terminating";
        case RolloutPhase::WaitingAvailable:
            return "waiting-available";
        case RolloutPhase::Done:
            return "done";
        case RolloutPhase::DeadlineExceeded:
            return "deadline-exceeded";
    }
    return "unknown";
}

RolloutState rolloutState(const Deployment& deployment) {
    const Condition* progressing = findCondition(deployment.conditions, "Progressing");
    RolloutState state;
    state.phase = phaseOf(deployment, progressing);
    state.sentence = sentenceFor(state.phase, deployment);
    // Before the controller has looked, its conditions still speak of the previous spec.
    if (state.phase == RolloutPhase::NotObserved || progressing == nullptr) return state;
    state.lastProgress = progressing->lastUpdateTime ? progressing->lastUpdateTime : progressing->lastTransitionTime;
    // A rollout that completed once is never timed out by the controller, though its pods may fail later.
    const bool canTimeOut = state.underway() && progressing->reason != "NewReplicaSetAvailable" && !deployment.paused;
    if (canTimeOut && state.lastProgress && deployment.progressDeadlineSeconds) {
        state.failsAt = *state.lastProgress + std::chrono::seconds(*deployment.progressDeadlineSeconds);
    }
    return state;
}

}  // namespace cerebral::kube
