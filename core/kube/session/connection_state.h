#pragma once
/// @file ConnectionState: one word and one age for everything a session follows.

#include <string>
#include <vector>

#include "core/kube/session/session_scope.h"
#include "core/kube/sync_state.h"

namespace cerebral::session {

/// One reflector of the session.
struct FeedState {
    Kind kind = Kind::PipelineRuns;
    std::string ns;
    kube::SyncState sync;
};

struct ConnectionState {
    /// The worst of all feeds: Reconnecting before Loading before Live. A forbidden feed does not count
    /// (nothing is lost that was ever there) unless all are: then the whole is Forbidden.
    kube::SyncPhase phase = kube::SyncPhase::Loading;
    /// Every feed that may be read was complete once.
    bool hasSynced = false;
    /// When the phase began, and the oldest proof of any feed: the age to show is now minus this.
    SteadyTime since{};
    SteadyTime lastProof{};
    std::string why;  ///< of the worst feed; empty while Live
    /// "pods in namespace cerebral-platform: …", one for each forbidden feed.
    std::vector<std::string> forbidden;
    std::uint64_t malformedEvents = 0;
};

[[nodiscard]] ConnectionState summarize(const std::vector<FeedState>& feeds);

}  // namespace cerebral::session
