#include "core/kube/workloads/replica_set.h"

namespace cerebral::kube {

int ReplicaSet::revision() const {
    return revisionNumber(meta.annotation(kRevisionAnnotation));
}

bool ReplicaSet::cameBack() const {
    return !meta.annotation(kRevisionHistoryAnnotation).empty();
}

bool ReplicaSet::carries(std::string_view digest) const {
    return anyCarries(images, digest);
}

}  // namespace cerebral::kube
