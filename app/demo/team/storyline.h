#pragma once
/// @file Storyline: what the scripted team pushes, one push after the other, the same under one seed.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/demo/team/push_payload.h"
#include "app/demo/tekton/scenario.h"
#include "core/base/result.h"

namespace cerebral::demo {

struct StoryPush {
    std::string story;
    TeamPush push;
    std::string service;  ///< the plan's service; empty: every service of the push
    Scenario scenario = Scenario::Success;
    bool renewsBases = false;  ///< somebody has pushed new base images just before
};

class Storyline {
public:
    /// `heads`: where branches stand before the first push, branch → commit.
    explicit Storyline(std::uint64_t seed, std::map<std::string, std::string> heads = {});
    /// The stories' names: "feature", "failing", "stuck", "base-image", …
    [[nodiscard]] static std::span<const std::string_view> stories();
    /// The first stories, told faster: a success, a failure, a stuck build and a fan-out.
    static constexpr std::size_t kOpening = 4;
    /// `story` empty: the next in turn.
    Result<StoryPush> next(std::string_view story, WallTime now);

private:
    [[nodiscard]] std::string newCommitId();
    TeamCommit commit(std::string message, std::vector<std::string> modified, std::size_t person);

    std::uint64_t seed_;
    std::uint64_t count_ = 0;
    std::uint64_t turn_ = 0;
    std::map<std::string, std::string> heads_;  ///< branch → commit
};

}  // namespace cerebral::demo
