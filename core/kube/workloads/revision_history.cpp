#include "core/kube/workloads/revision_history.h"

#include <algorithm>

namespace cerebral::kube {
namespace {

Revision describe(const ReplicaSet& set) {
    Revision revision;
    revision.number = set.revision();
    revision.replicaSet = set.meta.name;
    revision.images = set.images;
    revision.changeCause = set.meta.annotation(kChangeCauseAnnotation);
    revision.createdAt = set.meta.creationTimestamp;
    if (!set.cameBack()) revision.begunAt = set.meta.creationTimestamp;
    revision.restartedAt = set.restartedAt;
    revision.replicas = set.statusReplicas;
    return revision;
}

}  // namespace

std::vector<Revision> revisionHistory(const Deployment& deployment,
                                      const std::vector<ObjectPtr<ReplicaSet>>& replicaSets) {
    std::vector<Revision> history;
    for (const auto& set : replicaSets) {
        const OwnerReference* owner = set->meta.controller();
        if (owner == nullptr || owner->uid != deployment.meta.uid || set->revision() == 0) continue;
        history.push_back(describe(*set));
        history.back().current = history.back().number == deployment.revision();
    }
    std::sort(history.begin(), history.end(),
              [](const Revision& a, const Revision& b) { return a.number > b.number; });
    for (std::size_t i = 0; i + 1 < history.size(); ++i) {
        history[i].sameImagesAsBefore = history[i].images == history[i + 1].images;
    }
    return history;
}

}  // namespace cerebral::kube
