#include "core/webhook/touched_paths.h"

#include <unordered_set>

namespace cerebral::webhook {
namespace {

constexpr std::size_t kCommitsCap = 2048;
constexpr std::size_t kFilesCap = 3000;
constexpr std::string_view kRebuildPrefix = "rebuild:";

}  // namespace

TouchedPaths::TouchedPaths(const PushEvent& push) : push_(push) {
    untrusted_ = whyUntrusted();
    forEachCommit([this](const PushCommit& commit) {
        readRemoved(commit);
        const bool empty = commit.listsPresent && commit.fileCount() == 0;
        rebuildAsked_ |= empty && commit.message.starts_with(kRebuildPrefix);
    });
}

std::string TouchedPaths::whyUntrusted() const {
    if (push_.forced) return "the push was forced";
    if (push_.commits.empty() && !push_.created && push_.before != push_.after) return "the push lists no commits";
    if (push_.commits.size() >= kCommitsCap) return "the push lists 2048 commits, where GitHub cuts off";
    std::string why;
    forEachCommit([&](const PushCommit& commit) {
        if (!why.empty()) return;
        if (!commit.listsPresent)
            why = "a commit comes without its lists of files";
        else if (commit.fileCount() >= kFilesCap)
            why = "a commit lists 3000 files, where GitHub cuts off";
    });
    return why;
}

void TouchedPaths::readRemoved(const PushCommit& commit) {
    for (const std::string_view path : commit.removed) removed_[path] = true;
    if (removed_.empty()) return;
    for (const auto* list : {&commit.added, &commit.modified}) {
        for (const std::string_view path : *list) {
            if (const auto it = removed_.find(path); it != removed_.end()) it->second = false;
        }
    }
}

std::size_t TouchedPaths::count() const {
    std::unordered_set<std::string_view> distinct;
    forEach([&](const TouchedPath& touched) { distinct.insert(touched.path); });
    return distinct.size();
}

}  // namespace cerebral::webhook
