#include "core/kube/workloads/pod_square.h"

#include <algorithm>

#include "core/kube/workloads/image_name.h"
#include "core/kube/workloads/pod_trouble.h"

namespace cerebral::kube {
namespace {

/// The container that runs one of the template's images, by repository: tags and digests are what differs.
const Container* mainContainer(const Pod& pod, const Deployment& deployment) {
    const Container* first = nullptr;
    for (const Container& container : pod.containers) {
        if (container.kind != ContainerKind::Main) continue;
        if (first == nullptr) first = &container;
        const std::string repository = parseImageName(container.image).repository;
        for (const ContainerImage& image : deployment.images) {
            if (image.container == container.name && parseImageName(image.image).repository == repository) {
                return &container;
            }
        }
    }
    return first;
}

std::optional<bool> isCurrent(const Container& container, const std::string& digest, const Deployment& deployment) {
    const auto it = std::find_if(deployment.images.begin(), deployment.images.end(),
                                 [&](const ContainerImage& image) { return image.container == container.name; });
    if (it == deployment.images.end()) return std::nullopt;
    const std::string wanted = parseImageName(it->image).digest;
    if (wanted.empty() || digest.empty()) {
        // A tag says nothing about what it named when the pod began; another tag or repository does.
        return it->image == container.image ? std::nullopt : std::optional(false);
    }
    return wanted == digest;
}

void setState(const Pod& pod, PodSquare& square) {
    if (pod.terminating()) {
        square.state = PodSquareState::Terminating;
        square.since = pod.meta.deletionTimestamp;
    } else if (pod.phase == "Failed") {
        square.state = PodSquareState::Failed;
        square.reason = pod.reason;
        square.message = pod.message;
    } else if (pod.phase == "Succeeded") {
        square.state = PodSquareState::Succeeded;
    } else if (pod.phase == "Unknown" || pod.reason == "NodeLost") {
        square.state = PodSquareState::Unknown;
        square.reason = pod.reason;
        square.message = pod.message;
    } else if (const auto trouble = podTrouble(pod)) {
        square.state = PodSquareState::Stuck;
        square.reason = trouble->reason;
        square.message = trouble->words;
        square.since = trouble->since;
    } else if (pod.ready()) {
        square.state = PodSquareState::Ready;
        square.since = pod.readySince();
    } else {
        square.state = pod.phase == "Running" ? PodSquareState::Starting : PodSquareState::Pending;
        square.since = pod.readySince();
    }
}

bool isOwnedByKnown(const Pod& pod, const OwnerReference& owner, const Deployment& deployment,
                    const std::vector<ObjectPtr<ReplicaSet>>& replicaSets, bool& known) {
    for (const auto& set : replicaSets) {
        if (set->meta.uid != owner.uid) continue;
        known = true;
        const OwnerReference* parent = set->meta.controller();
        return pod.meta.ns == set->meta.ns && parent != nullptr && parent->uid == deployment.meta.uid;
    }
    known = false;
    return false;
}

bool belongsTo(const Pod& pod, const Deployment& deployment, const std::vector<ObjectPtr<ReplicaSet>>& replicaSets) {
    if (pod.meta.ns != deployment.meta.ns) return false;
    const OwnerReference* owner = pod.meta.controller();
    if (owner == nullptr || owner->kind != "ReplicaSet") return false;
    bool known = false;
    const bool owned = isOwnedByKnown(pod, *owner, deployment, replicaSets, known);
    return known ? owned : deployment.selects(pod.meta.labels);
}

}  // namespace

const char* toString(PodSquareState state) noexcept {
    switch (state) {
        case PodSquareState::Pending:
            return "pending";
        case PodSquareState::Starting:
            return "starting";
        case PodSquareState::Ready:
            return "ready";
        case PodSquareState::Stuck:
            return "stuck";
        case PodSquareState::Failed:
            return "failed";
        case PodSquareState::Succeeded:
            return "succeeded";
        case PodSquareState::Terminating:
            return "terminating";
        case PodSquareState::Unknown:
            return "unknown";
    }
    return "unknown";
}

PodSquare podSquare(const Pod& pod, const Deployment& deployment) {
    PodSquare square;
    square.name = pod.meta.name;
    square.node = pod.node;
    square.restarts = pod.restarts();
    square.createdAt = pod.meta.creationTimestamp;
    if (const OwnerReference* owner = pod.meta.controller()) square.replicaSet = owner->name;
    if (const Container* container = mainContainer(pod, deployment)) {
        square.digest = container->digest();
        square.currentImage = isCurrent(*container, square.digest, deployment);
    }
    setState(pod, square);
    return square;
}

std::vector<ObjectPtr<Pod>> podsOf(const Deployment& deployment,
                                   const std::vector<ObjectPtr<ReplicaSet>>& replicaSets,
                                   const std::vector<ObjectPtr<Pod>>& pods) {
    std::vector<ObjectPtr<Pod>> own;
    std::copy_if(pods.begin(), pods.end(), std::back_inserter(own),
                 [&](const ObjectPtr<Pod>& pod) { return belongsTo(*pod, deployment, replicaSets); });
    std::sort(own.begin(), own.end(), [](const ObjectPtr<Pod>& a, const ObjectPtr<Pod>& b) {
        if (a->meta.creationTimestamp != b->meta.creationTimestamp) {
            return a->meta.creationTimestamp < b->meta.creationTimestamp;
        }
        return a->meta.name < b->meta.name;
    });
    return own;
}

std::vector<PodSquare> podSquares(const Deployment& deployment, const std::vector<ObjectPtr<ReplicaSet>>& replicaSets,
                                  const std::vector<ObjectPtr<Pod>>& pods) {
    std::vector<PodSquare> squares;
    for (const auto& pod : podsOf(deployment, replicaSets, pods)) squares.push_back(podSquare(*pod, deployment));
    return squares;
}

}  // namespace cerebral::kube
