#include "core/kube/sync_state.h"

namespace cerebral::kube {

const char* toString(SyncPhase phase) noexcept {
    switch (phase) {
        case SyncPhase::Loading:
            return "loading";
        case SyncPhase::Live:
            return "live";
        case SyncPhase::Reconnecting:
            return "reconnecting";
        case SyncPhase::Forbidden:
            return "forbidden";
    }
    return "unknown";
}

}  // namespace cerebral::kube
