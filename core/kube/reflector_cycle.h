#pragma once
/// @file Reflector::Cycle: the loop of one run, private to the reflector's .cpp files.
///
/// reflector.cpp owns the thread and the state, reflector_cycle.cpp decides what follows what,
/// list_phase.cpp and watch_phase.cpp speak to the server.

#include <optional>
#include <random>

#include "core/kube/reflector.h"

namespace cerebral::kube {

class Reflector::Cycle {
public:
    Cycle(Reflector& owner, std::stop_token stop);
    void run();

private:
    enum class Next : std::uint8_t { Watch, Relist };
    /// How a phase ended and what the loop does about it. `failure` present: back off first.
    struct Ending {
        Next next = Next::Watch;
        std::optional<Error> failure;
    };

    // list_phase.cpp
    Ending list();
    /// Everything, or what the scopes name, all as of one version.
    Result<std::string> collect();
    /// Collects every page and returns the version they show.
    Result<std::string> collectPages(ListOptions options);
    Ending afterFailedList(Error error);

    // watch_phase.cpp
    struct Watching;
    /// `initialEvents`: a WatchList, which begins with the list and goes on as the watch.
    Ending watch(bool initialEvents);
    bool onLine(std::string_view line, Watching& watching);
    Ending afterInitialEventsFailed(Error error, bool sawEvent);
    Ending afterWatchFailed(Error error);
    Ending afterCleanEnd(const Watching& watching);

    // reflector_cycle.cpp
    void reportFailure(const Error& error, Next next);
    void enterLive();
    void listComplete(std::string resourceVersion, SteadyTime asOf);
    void proveCurrent();
    void countMalformed();

    Reflector& owner_;
    std::stop_token stop_;
    Backoff backoff_;
    std::mt19937_64 random_;
    std::string resourceVersion_;
    bool everSynced_ = false;
    bool pagesNext_ = false;        ///< a WatchList just failed: load by pages once
    bool relistedForGone_ = false;  ///< since the last event: the next 410 backs off first
    SteadyTime lastList_{};
};

/// Applies `change(state)`, which returns whether listeners are to hear of it.
template <class Change>
void Reflector::update(Change change) {
    SyncState copy;
    {
        const std::scoped_lock lock(mutex_);
        const SyncPhase before = state_.phase;
        if (!change(state_)) return;
        if (state_.phase != before) state_.since = clock_.steadyNow();
        copy = state_;
    }
    if (listener_) listener_(copy);
}

}  // namespace cerebral::kube
