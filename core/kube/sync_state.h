#pragma once
/// @file SyncState: what a reflector knows about its own freshness. It always knows.

#include <cstdint>
#include <string>

#include "core/base/clock.h"

namespace cerebral::kube {

enum class SyncPhase : std::uint8_t {
    Loading,       ///< the first list is not complete yet
    Live,          ///< a watch is established
    Reconnecting,  ///< the watch is lost; data is as old as `lastProof` says
    Forbidden,     ///< the server refuses list or watch; `why` names the missing right
};

const char* toString(SyncPhase phase) noexcept;

struct SyncState {
    SyncPhase phase = SyncPhase::Loading;
    /// The first list was complete once. Tells "there is nothing" from "not known yet".
    bool hasSynced = false;
    /// When the phase began.
    SteadyTime since{};
    /// The newest moment at which the server proved the data current: a list (as of its request), a
    /// bookmark, or an event on a watch that has had a bookmark (before that, events may be a backlog).
    /// Never younger than the truth; the age shown is now minus this.
    SteadyTime lastProof{};
    /// Why not Live, in words for people; empty while Live.
    std::string why;
    /// Events that could not be decoded since the start: counted and shown, never dropped silently.
    std::uint64_t malformedEvents = 0;
};

}  // namespace cerebral::kube
