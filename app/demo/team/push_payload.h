#pragma once
/// @file GitHub's push payload as a sender writes it
/// (docs.github.com/webhooks/webhook-events-and-payloads#push).

#include <string>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::demo {

struct TeamCommit {
    std::string id, message, author, username;
    std::vector<std::string> added, modified, removed;
};

struct TeamPush {
    std::string repository = "baerautotech/cerebral";
    std::string ref;            ///< "refs/heads/main"
    std::string before, after;  ///< 40 hex digits
    bool created = false, deleted = false, forced = false;
    std::vector<TeamCommit> commits;
    std::string pusher;
    WallTime pushedAt{};
};

[[nodiscard]] std::string pushPayload(const TeamPush& push);

}  // namespace cerebral::demo
