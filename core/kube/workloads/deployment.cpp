#include "core/kube/workloads/deployment.h"

#include <algorithm>

namespace cerebral::kube {

int Deployment::revision() const {
    return revisionNumber(meta.annotation(kRevisionAnnotation));
}

bool Deployment::carries(std::string_view digest) const {
    return anyCarries(images, digest);
}

bool Deployment::selects(const PackedPairs& labels) const {
    return !selector.empty() && std::all_of(selector.begin(), selector.end(), [&](const auto& wanted) {
        return labels.find(wanted.first) == std::optional<std::string_view>(wanted.second);
    });
}

}  // namespace cerebral::kube
