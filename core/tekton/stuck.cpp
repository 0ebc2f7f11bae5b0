#include "core/tekton/stuck.h"

#include "core/kube/workloads/pod_trouble.h"

namespace cerebral::tekton {
namespace {

bool hasUnboundClaim(std::string_view message) {
    return message.find("unbound") != std::string_view::npos &&
           message.find("PersistentVolumeClaim") != std::string_view::npos;
}

std::string withMessage(std::string words, const TaskRun& taskRun) {
    if (!taskRun.message.empty()) words += ": " + taskRun.message;
    return words;
}

std::string wordsFor(const TaskRun& taskRun) {
    if (taskRun.reason == "PullImageFailed") return withMessage("an image cannot be pulled", taskRun);
    if (taskRun.reason == "ExceededNodeResources") return "no node has room for what the task asks for";
    if (taskRun.reason == "ExceededResourceQuota") {
        return withMessage("the namespace's quota leaves no room for the task", taskRun);
    }
    if (taskRun.reason == "PodAdmissionFailed")
        return withMessage("the cluster does not admit the task's pod", taskRun);
    return withMessage("the task cannot start", taskRun);
}

}  // namespace

std::optional<Stuck> findStuck(const TaskRun& taskRun, const kube::Pod* pod) {
    const TaskState state = taskRun.state();
    if (isFinished(state) || state == TaskState::Cancelling) return std::nullopt;
    if (pod != nullptr) {
        if (auto trouble = kube::podTrouble(*pod)) {
            return Stuck{std::move(trouble->reason), std::move(trouble->words), true, trouble->since};
        }
    }
    if (state == TaskState::Stuck) return Stuck{taskRun.reason, wordsFor(taskRun), false, taskRun.conditionSince};
    if (state == TaskState::Pending && hasUnboundClaim(taskRun.message)) {
        return Stuck{"UnboundClaim", "a volume claim of the task's pod is not bound", false, taskRun.conditionSince};
    }
    return std::nullopt;
}

}  // namespace cerebral::tekton
