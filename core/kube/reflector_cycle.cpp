#include "core/kube/reflector_cycle.h"

#include <algorithm>

namespace cerebral::kube {

Reflector::Cycle::Cycle(Reflector& owner, std::stop_token stop)
    : owner_(owner),
      stop_(std::move(stop)),
      backoff_(owner.clock_, owner.options_.backoff, owner.options_.seed),
      random_(owner.options_.seed) {}

void Reflector::Cycle::run() {
    Next next = Next::Relist;
    while (!stop_.stop_requested()) {
        Ending ending;
        if (owner_.takeRelistRequest()) next = Next::Relist;
        if (next == Next::Watch) {
            ending = watch(false);
        } else if (owner_.features_->hasWatchList() && !pagesNext_ && !owner_.options_.scopes) {
            ending = watch(true);
        } else {
            pagesNext_ = false;
            ending = list();
        }
        if (stop_.stop_requested()) return;
        next = ending.next;
        if (ending.failure) {
            reportFailure(*ending.failure, next);
            auto delay = backoff_.next();
            if (ending.failure->retryAfter) delay = std::max(delay, *ending.failure->retryAfter);
            owner_.pause(delay, stop_);
        }
    }
}

void Reflector::Cycle::reportFailure(const Error& error, Next next) {
    owner_.update([&](SyncState& state) {
        state.phase = error.kind == ErrorKind::Forbidden ? SyncPhase::Forbidden : SyncPhase::Reconnecting;
        state.why = error.message;
        if (next == Next::Relist && state.hasSynced) state.why += "; listing again";
        return true;
    });
}

void Reflector::Cycle::enterLive() {
    owner_.update([](SyncState& state) {
        if (state.phase == SyncPhase::Live) return false;
        state.phase = SyncPhase::Live;
        state.why.clear();
        return true;
    });
}

void Reflector::Cycle::listComplete(std::string resourceVersion, SteadyTime asOf) {
    resourceVersion_ = std::move(resourceVersion);
    lastList_ = asOf;
    everSynced_ = true;
    owner_.update([&](SyncState& state) {
        const bool first = !state.hasSynced;
        state.hasSynced = true;
        state.lastProof = std::max(state.lastProof, asOf);
        return first;
    });
}

void Reflector::Cycle::proveCurrent() {
    const SteadyTime now = owner_.clock_.steadyNow();
    owner_.update([now](SyncState& state) {
        state.lastProof = now;
        return false;
    });
}

void Reflector::Cycle::countMalformed() {
    const std::uint64_t count = owner_.sink_.malformed();
    owner_.update([count](SyncState& state) {
        const bool more = state.malformedEvents != count;
        state.malformedEvents = count;
        return more;
    });
}

}  // namespace cerebral::kube
