#include "core/tekton/stuck.h"

#include <algorithm>

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

/// The amount of this resource in "limits.cpu=4,limits.memory=8Gi".
std::string_view amountIn(std::string_view list, std::string_view resource) {
    while (!list.empty()) {
        const std::string_view entry = list.substr(0, list.find(','));
        const std::size_t equals = entry.find('=');
        if (equals != std::string_view::npos && entry.substr(0, equals) == resource) return entry.substr(equals + 1);
        list.remove_prefix(std::min(list.size(), entry.size() + 1));
    }
    return {};
}

/// What stands behind `name` up to the next ", " or the end.
std::string_view partBehind(std::string_view message, std::string_view name) {
    const std::size_t at = message.find(name);
    if (at == std::string_view::npos) return {};
    message.remove_prefix(at + name.size());
    return message.substr(0, message.find(", "));
}

/// Of the API server's "exceeded quota: NAME, requested: r=8Gi, used: r=28Gi, limited: r=32Gi" what one has to know;
/// empty when it is worded otherwise.
std::string quotaWords(std::string_view message) {
    const std::string_view quota = partBehind(message, "exceeded quota: ");
    const std::string_view requested = partBehind(message, "requested: ");
    const std::string_view resource = requested.substr(0, requested.find('='));
    const std::string_view wanted = amountIn(requested, resource);
    const std::string_view used = amountIn(partBehind(message, "used: "), resource);
    const std::string_view limit = amountIn(partBehind(message, "limited: "), resource);
    if (quota.empty() || resource.empty() || wanted.empty() || used.empty() || limit.empty()) return {};
    std::string words = "quota ";
    words.append(quota).append(" is full: ").append(used).append(" of ").append(limit).append(" ").append(resource);
    words.append(" are used, the task asks for ").append(wanted).append(" more");
    return words;
}

std::string wordsFor(const TaskRun& taskRun) {
    if (taskRun.reason == "PullImageFailed") return withMessage("an image cannot be pulled", taskRun);
    if (taskRun.reason == "ExceededNodeResources") return "no node has room for what the task asks for";
    if (taskRun.reason == "ExceededResourceQuota") {
        if (std::string words = quotaWords(taskRun.message); !words.empty()) return words;
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
