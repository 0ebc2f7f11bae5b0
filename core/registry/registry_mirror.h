#pragma once
/// @file RegistryMirror: the repositories and tags of a registry as last seen, refreshed cheaply.
///
/// A refresh lists repositories and tags and asks each known tag with HEAD and its ETag: an unchanged
/// registry answers 304 to each, no manifest is read again. Registries have no way to push news.
/// One thread refreshes; snapshots may be taken from any.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/registry/image_reader.h"

namespace cerebral::registry {

struct MirrorOptions {
    /// Names to read besides the catalog, and instead of it where listing is forbidden.
    std::vector<std::string> repositories;
    /// Only repositories that begin so, e.g. "cerebral/"; empty: all.
    std::string prefix;
};

/// A tag that could not be read, or a repository whose tags could not be listed (`tag` is empty).
struct MirrorProblem {
    std::string repository;
    std::string tag;
    Error error;
};

struct RefreshOutcome {
    int added = 0;
    int changed = 0;  ///< tags that moved
    int removed = 0;
    int unchanged = 0;
    std::vector<MirrorProblem> problems;  ///< what was known of these is kept

    [[nodiscard]] bool nothingNew() const noexcept { return added + changed + removed == 0; }
};

class RegistryMirror {
public:
    /// `client` must outlive the mirror.
    explicit RegistryMirror(RegistryClient& client, MirrorOptions options = {});

    /// Fails when the registry cannot be asked at all; nothing known is lost then. Ends early with
    /// TooManyRequests (and `retryAfter`) when told to wait.
    Result<RefreshOutcome> refresh(std::stop_token stop);
    /// By repository, then tag.
    [[nodiscard]] std::vector<ImagePtr> images() const;

private:
    using Key = std::pair<std::string, std::string>;

    Result<std::vector<std::string>> repositories(std::stop_token stop);
    Result<void> refreshRepository(const std::string& repository, RefreshOutcome& outcome, std::stop_token stop);
    Result<void> refreshTag(const std::string& repository, const std::string& tag, RefreshOutcome& outcome,
                            std::stop_token stop);
    void forget(const std::string& repository, const std::vector<std::string>& present, RefreshOutcome& outcome);
    [[nodiscard]] ImagePtr find(const Key& key) const;

    RegistryClient& client_;
    MirrorOptions options_;
    ImageReader reader_;
    mutable std::mutex mutex_;
    std::map<Key, ImagePtr> images_;
};

}  // namespace cerebral::registry
