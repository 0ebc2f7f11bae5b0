#include "core/kube/workloads/event.h"

namespace cerebral::kube {

WallTime Event::when() const noexcept {
    if (lastSeen) return *lastSeen;
    if (firstSeen) return *firstSeen;
    return meta.creationTimestamp.value_or(WallTime{});
}

}  // namespace cerebral::kube
