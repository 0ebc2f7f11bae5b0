#pragma once
/// @file TouchedPaths: what a push changed, as far as its lists can be trusted.
///
/// Sources: docs.github.com push payload and captured deliveries. `commits` is cut at 2048 entries, a
/// commit's lists at 3000 names without a flag; a force-push may come with `commits` empty; a merge
/// commit repeats its first-parent diff; lists may be absent.

#include <string>
#include <string_view>
#include <unordered_map>

#include "core/webhook/push_event.h"

namespace cerebral::webhook {

struct TouchedPath {
    std::string_view path;  ///< lives as long as the PushEvent
    bool removed = false;   ///< by the last commit that names it
};

/// Looks into the PushEvent, which outlives it: a push may name hundreds of thousands of paths.
class TouchedPaths {
public:
    explicit TouchedPaths(const PushEvent& push);

    /// Why the lists may be incomplete; empty: they are whole.
    [[nodiscard]] const std::string& untrusted() const noexcept { return untrusted_; }
    /// An empty commit whose message starts with "rebuild:".
    [[nodiscard]] bool rebuildAsked() const noexcept { return rebuildAsked_; }
    /// How many different paths there are.
    [[nodiscard]] std::size_t count() const;

    /// `visit(TouchedPath)` in order of the commits; a path that several commits name comes again.
    template <class Visit>
    void forEach(const Visit& visit) const {
        forEachCommit([&](const PushCommit& commit) {
            for (const auto* list : {&commit.modified, &commit.added, &commit.removed}) {
                for (const std::string_view path : *list) visit(TouchedPath{path, isRemoved(path)});
            }
        });
    }

private:
    template <class Visit>
    void forEachCommit(const Visit& visit) const {
        for (const PushCommit& commit : push_.commits) visit(commit);
        if (bringsHead()) visit(*push_.headCommit);
    }
    /// The head of a branch that was created without commits is no news: it was pushed before.
    [[nodiscard]] bool bringsHead() const { return push_.headCommit && !(push_.created && push_.commits.empty()); }
    [[nodiscard]] bool isRemoved(std::string_view path) const {
        if (removed_.empty()) return false;
        const auto found = removed_.find(path);
        return found != removed_.end() && found->second;
    }
    [[nodiscard]] std::string whyUntrusted() const;
    void readRemoved(const PushCommit& commit);

    const PushEvent& push_;
    std::string untrusted_;
    bool rebuildAsked_ = false;
    /// Paths that some commit removes, and whether the last commit that names one removes it.
    std::unordered_map<std::string_view, bool> removed_;
};

}  // namespace cerebral::webhook
