#include "core/kube/workloads/pod_trouble.h"

#include <algorithm>
#include <array>

namespace cerebral::kube {
namespace {

/// Sources: kubernetes pkg/kubelet/images/types.go, pkg/kubelet/kuberuntime/kuberuntime_container.go,
/// pkg/kubelet/container/sync_result.go.
constexpr std::array<std::string_view, 12> kWaitingTrouble = {
    "ImagePullBackOff",     "ErrImagePull",        "ErrImageNeverPull",         "InvalidImageName",
    "ImageInspectError",    "RegistryUnavailable", "SignatureValidationFailed", "CreateContainerConfigError",
    "CreateContainerError", "RunContainerError",   "PreStartHookError",         "CrashLoopBackOff"};

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

/// The last clause of a message that nests its causes with colons, without the reference it repeats.
std::string lastCause(std::string_view message) {
    const auto colon = message.rfind(": ");
    return std::string(colon == std::string_view::npos ? message : message.substr(colon + 2));
}

std::string wordsFor(const Container& container) {
    const std::string& reason = container.state.reason;
    if (reason == "InvalidImageName") return quoted(container.image) + " is not a valid image name";
    if (reason == "CrashLoopBackOff") {
        const ContainerState& last = container.lastState;
        std::string words = "container " + container.name + " crashes again and again";
        if (last.phase != ContainerPhase::Terminated) return words;
        words += last.reason == "OOMKilled" ? ": killed for memory" : ": exit code " + std::to_string(last.exitCode);
        return words;
    }
    const bool pull = reason == "ImagePullBackOff" || reason == "ErrImagePull" || reason == "ErrImageNeverPull" ||
                      reason == "RegistryUnavailable" || reason == "ImageInspectError" ||
                      reason == "SignatureValidationFailed";
    std::string words = pull ? "image " + container.image + " cannot be pulled"
                             : "container " + container.name + " cannot be started";
    if (!container.state.message.empty()) words += ": " + lastCause(container.state.message);
    return words;
}

/// The kubelet does not say since when a container waits; the Ready condition has been False since it began.
std::optional<WallTime> notReadySince(const Pod& pod) {
    const Condition* ready = findCondition(pod.conditions, "ContainersReady");
    return ready != nullptr && !ready->isTrue() ? ready->lastTransitionTime : std::nullopt;
}

std::optional<PodTrouble> schedulingTrouble(const Pod& pod) {
    const Condition* scheduled = findCondition(pod.conditions, "PodScheduled");
    if (scheduled == nullptr || scheduled->isTrue()) return std::nullopt;
    if (scheduled->reason == "SchedulingGated") {
        return PodTrouble{
            scheduled->reason, "a scheduling gate holds the pod back", {}, scheduled->lastTransitionTime};
    }
    if (scheduled->reason != "Unschedulable") return std::nullopt;
    const bool claim = scheduled->message.find("unbound") != std::string::npos &&
                       scheduled->message.find("PersistentVolumeClaim") != std::string::npos;
    const bool noClaim = scheduled->message.find("persistentvolumeclaim") != std::string::npos &&
                         scheduled->message.find("not found") != std::string::npos;
    PodTrouble trouble;
    trouble.reason = claim || noClaim ? "UnboundClaim" : "Unschedulable";
    trouble.words = claim     ? "a volume claim of the pod is not bound"
                    : noClaim ? "a volume claim the pod names does not exist"
                              : "no node can hold the pod: " + scheduled->message;
    trouble.since = scheduled->lastTransitionTime;
    return trouble;
}

}  // namespace

bool isWaitingTrouble(std::string_view reason) noexcept {
    return std::find(kWaitingTrouble.begin(), kWaitingTrouble.end(), reason) != kWaitingTrouble.end();
}

std::optional<PodTrouble> podTrouble(const Pod& pod) {
    if (pod.terminating() || pod.phase == "Succeeded" || pod.phase == "Failed") return std::nullopt;
    if (auto trouble = schedulingTrouble(pod)) return trouble;
    for (const Container& container : pod.containers) {
        if (container.state.phase != ContainerPhase::Waiting || !isWaitingTrouble(container.state.reason)) continue;
        return PodTrouble{container.state.reason, wordsFor(container), container.name, notReadySince(pod)};
    }
    return std::nullopt;
}

}  // namespace cerebral::kube
