#pragma once
/// @file TouchedPaths: what a push changed, as far as its lists can be trusted.
///
/// Sources: docs.github.com push payload and captured deliveries. `commits` is cut at 2048 entries, a
/// commit's lists at 3000 names without a flag; a force-push may come with `commits` empty; a merge
/// commit repeats its first-parent diff; lists may be absent.

#include <string>
#include <string_view>
#include <vector>

#include "core/webhook/push_event.h"

namespace cerebral::webhook {

struct TouchedPath {
    std::string_view path;  ///< lives as long as the PushEvent
    bool removed = false;   ///< by the last commit that names it
};

struct TouchedPaths {
    std::vector<TouchedPath> paths;  ///< in order of the commits; one that several commits name is repeated
    /// Why the lists may be incomplete; empty: they are whole.
    std::string untrusted;
    /// An empty commit whose message starts with "rebuild:".
    bool rebuildAsked = false;

    /// How many different paths there are.
    [[nodiscard]] std::size_t count() const;
};

[[nodiscard]] TouchedPaths touchedPaths(const PushEvent& push);

}  // namespace cerebral::webhook
