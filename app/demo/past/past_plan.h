#pragma once
/// @file What was pushed before the demo began: decided here, made in past_runs.h. Pure: one seed, one past.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::demo {

enum class PastOutcome : std::uint8_t {
    Live,         ///< built on main and rolled out
    BranchBuild,  ///< built on a branch, not rolled out
    Flaky,        ///< live after a retry
    CompileFailure,
    TestFailure,
    ImagePullError,
    Cancelled,
    Timeout,
    Superseded,  ///< cancelled for the push that came next
};
inline constexpr std::size_t kPastOutcomes = 9;

struct PastRun {
    std::string name;  ///< as the receiver names runs
    std::string service, baseTag, commit, before, branch, delivery, message, author, pusher, why;
    std::string supersededBy;  ///< the name of the run it was cancelled for
    WallTime pushedAt{};
    double stretch = 1.0;  ///< how much longer than usual it took
    PastOutcome outcome = PastOutcome::Live;
};

/// The state a service was left in.
struct LastRollout {
    std::string commit;
    WallTime pushedAt{};
    int revision = 1;
};

struct PastPlan {
    std::vector<PastRun> runs;                    ///< oldest first
    std::map<std::string, LastRollout> rollouts;  ///< by service; none for those never rolled out in the plan
    std::map<std::string, std::string> heads;     ///< branch → its last commit
};

[[nodiscard]] PastPlan planPast(std::uint64_t seed, std::size_t runs, WallTime now);

}  // namespace cerebral::demo
