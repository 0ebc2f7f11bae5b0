#include "core/webhook/touched_paths.h"

#include <unordered_map>
#include <unordered_set>

namespace cerebral::webhook {
namespace {

constexpr std::size_t kCommitsCap = 2048;
constexpr std::size_t kFilesCap = 3000;
constexpr std::string_view kRebuildPrefix = "rebuild:";

/// The head of a branch that was created without commits is no news: it was pushed before.
bool bringsHead(const PushEvent& push) {
    return push.headCommit && !(push.created && push.commits.empty());
}

template <class Visit>
void forEachCommit(const PushEvent& push, const Visit& visit) {
    for (const PushCommit& commit : push.commits) visit(commit);
    if (bringsHead(push)) visit(*push.headCommit);
}

std::string whyUntrusted(const PushEvent& push) {
    if (push.forced) return "the push was forced";
    if (push.commits.empty() && !push.created && push.before != push.after) return "the push lists no commits";
    if (push.commits.size() >= kCommitsCap) return "the push lists 2048 commits, where GitHub cuts off";
    std::string why;
    forEachCommit(push, [&](const PushCommit& commit) {
        if (!why.empty()) return;
        if (!commit.listsPresent)
            why = "a commit comes without its lists of files";
        else if (commit.fileCount() >= kFilesCap)
            why = "a commit lists 3000 files, where GitHub cuts off";
    });
    return why;
}

/// Paths that some commit removes, and whether the last commit that names one removes it.
using RemovedPaths = std::unordered_map<std::string_view, bool>;

RemovedPaths removedPaths(const PushEvent& push, std::size_t& names) {
    RemovedPaths removed;
    forEachCommit(push, [&](const PushCommit& commit) {
        names += commit.fileCount();
        for (const std::string_view path : commit.removed) removed[path] = true;
        if (removed.empty()) return;
        for (const auto* list : {&commit.added, &commit.modified}) {
            for (const std::string_view path : *list) {
                if (const auto it = removed.find(path); it != removed.end()) it->second = false;
            }
        }
    });
    return removed;
}

}  // namespace

std::size_t TouchedPaths::count() const {
    std::unordered_set<std::string_view> distinct;
    distinct.reserve(paths.size());
    for (const TouchedPath& touched : paths) distinct.insert(touched.path);
    return distinct.size();
}

TouchedPaths touchedPaths(const PushEvent& push) {
    TouchedPaths touched;
    touched.untrusted = whyUntrusted(push);
    std::size_t names = 0;
    const RemovedPaths removed = removedPaths(push, names);
    touched.paths.reserve(names);
    forEachCommit(push, [&](const PushCommit& commit) {
        for (const auto* list : {&commit.modified, &commit.added, &commit.removed}) {
            for (const std::string_view path : *list) {
                const auto gone = removed.empty() ? removed.end() : removed.find(path);
                touched.paths.push_back({path, gone != removed.end() && gone->second});
            }
        }
        const bool empty = commit.listsPresent && commit.fileCount() == 0;
        touched.rebuildAsked |= empty && commit.message.starts_with(kRebuildPrefix);
    });
    return touched;
}

}  // namespace cerebral::webhook
