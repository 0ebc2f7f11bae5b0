#pragma once
/// @file What a failed run had that the last green run of its service and branch had not; without one on its branch,
/// that of another.
///
/// Unknown is not "no difference": when either run does not say (an older run without labels, a base whose digest
/// nobody looked up), that is the answer. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::analysis {

struct RunFacts {
    std::string name;
    std::string service;
    std::string branch;
    std::string commit;
    std::string compareUrl;  ///< of its push; tells where the repository is
    std::string baseImage;
    std::string baseDigest;
    std::string pipeline;
    std::string serviceAccount;
    struct Param {
        std::string name;
        std::string value;
    };
    std::vector<Param> params;
    WallTime created;
};

enum class Sameness : std::uint8_t { Unknown, Same, Changed };

struct Change {
    Sameness sameness = Sameness::Unknown;
    std::string before;
    std::string after;
};
struct ParamChange {
    std::string name;
    std::optional<std::string> before;  ///< none: it is new
    std::optional<std::string> after;   ///< none: it is gone
    bool operator==(const ParamChange&) const = default;
};

struct RunDifferences {
    std::string greenRun;
    std::string greenService;
    std::string greenBranch;  ///< where it is not that of the failed run; else empty
    WallTime greenCreated;
    Change commit;
    std::string compareUrl;  ///< green…failed; empty when the repository is not known or nothing changed
    Change baseImage;
    Change baseDigest;
    Change pipeline;
    Change serviceAccount;
    /// Sorted by name. Params that only carry the commit of their run are left out.
    std::vector<ParamChange> params;
};
[[nodiscard]] RunDifferences differencesOf(const RunFacts& green, const RunFacts& failed);

}  // namespace cerebral::analysis
