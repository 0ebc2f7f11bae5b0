#include "core/webhook/touched_paths.h"

#include <algorithm>
#include <unordered_map>

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

}  // namespace

TouchedPaths touchedPaths(const PushEvent& push) {
    TouchedPaths touched;
    touched.untrusted = whyUntrusted(push);
    std::unordered_map<std::string_view, bool> removedLast;
    forEachCommit(push, [&](const PushCommit& commit) {
        for (const std::string& path : commit.removed) removedLast[path] = true;
        for (const std::string& path : commit.added) removedLast[path] = false;
        for (const std::string& path : commit.modified) removedLast[path] = false;
        const bool empty = commit.listsPresent && commit.fileCount() == 0;
        touched.rebuildAsked |= empty && commit.message.starts_with(kRebuildPrefix);
    });
    touched.paths.reserve(removedLast.size());
    for (const auto& [path, removed] : removedLast) touched.paths.push_back({path, removed});
    std::sort(touched.paths.begin(), touched.paths.end(),
              [](const TouchedPath& a, const TouchedPath& b) { return a.path < b.path; });
    return touched;
}

}  // namespace cerebral::webhook
