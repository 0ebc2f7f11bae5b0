#pragma once
/// @file PushEvent: GitHub's push payload as far as a build decision needs it
/// (docs.github.com/webhooks/webhook-events-and-payloads#push).
///
/// Parsed only after the signature held. Lists of files may be absent from a commit; their absence is
/// kept apart from "empty", since only a present list can be trusted.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace cerebral::webhook {

struct PushCommit {
    std::string id;
    std::string message;
    std::string authorName;
    std::string authorUsername;
    /// Live as long as the PushEvent's `document`: a push may name hundreds of thousands of files.
    std::vector<std::string_view> added, modified, removed;
    bool listsPresent = false;  ///< all three lists were in the payload

    [[nodiscard]] std::size_t fileCount() const { return added.size() + modified.size() + removed.size(); }
};

struct PushEvent {
    std::string repository;  ///< "owner/name"
    std::string cloneUrl;
    std::string defaultBranch;
    std::string ref;            ///< "refs/heads/main"
    std::string before, after;  ///< 40 hex; zeros mean "none"
    bool created = false, deleted = false, forced = false;
    std::optional<WallTime> pushedAt;  ///< repository.pushed_at, integer seconds or RFC 3339
    std::string pushedAtText;          ///< as sent: part of the run's name
    std::string compareUrl;
    std::string pusher;
    std::vector<PushCommit> commits;
    std::optional<PushCommit> headCommit;
    std::shared_ptr<const void> document;  ///< what the lists of files look into: the payload itself

    [[nodiscard]] bool isBranch() const { return ref.starts_with("refs/heads/"); }
    [[nodiscard]] bool isTag() const { return ref.starts_with("refs/tags/"); }
    /// "feature/x" out of "refs/heads/feature/x".
    [[nodiscard]] std::string_view shortRef() const;
};

/// Takes the payload over and checks all of it (UTF-8, structure, trailing bytes). Fails with Malformed when it
/// is not JSON or lacks what a decision rests on: repository.full_name, ref, before, after (40 hex digits).
/// With 64 bytes of unused capacity it is parsed where it is, else moved once.
[[nodiscard]] Result<PushEvent> parsePushEvent(std::string json);

}  // namespace cerebral::webhook
