#include "core/kube/workloads/pod.h"

#include <algorithm>

#include "core/kube/workloads/image_name.h"

namespace cerebral::kube {

std::string Container::digest() const {
    std::string resolved = digestOfImageId(imageId);
    return resolved.empty() ? parseImageName(image).digest : resolved;
}

bool Pod::ready() const noexcept {
    const Condition* condition = findCondition(conditions, "Ready");
    return condition != nullptr && condition->isTrue();
}

std::optional<WallTime> Pod::readySince() const {
    const Condition* condition = findCondition(conditions, "Ready");
    return condition == nullptr ? std::nullopt : condition->lastTransitionTime;
}

int Pod::restarts() const noexcept {
    int sum = 0;
    for (const Container& container : containers) sum += container.restarts;
    return sum;
}

const Container* Pod::find(std::string_view container) const noexcept {
    const auto it = std::find_if(containers.begin(), containers.end(),
                                 [&](const Container& candidate) { return candidate.name == container; });
    return it == containers.end() ? nullptr : &*it;
}

bool Pod::carries(std::string_view digest) const {
    return !digest.empty() && std::any_of(containers.begin(), containers.end(), [&](const Container& container) {
        return container.kind == ContainerKind::Main && container.digest() == digest;
    });
}

}  // namespace cerebral::kube
