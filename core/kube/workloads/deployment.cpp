#include "core/kube/workloads/deployment.h"

#include <algorithm>

namespace cerebral::kube {

int Deployment::revision() const {
    return revisionNumber(meta.annotation(kRevisionAnnotation));
}

bool Deployment::carries(std::string_view digest) const {
    return anyCarries(images, digest);
}

bool Deployment::selects(const std::map<std::string, std::string, std::less<>>& labels) const {
    return !selector.empty() && std::all_of(selector.begin(), selector.end(), [&](const auto& wanted) {
        const auto it = labels.find(wanted.first);
        return it != labels.end() && it->second == wanted.second;
    });
}

}  // namespace cerebral::kube
