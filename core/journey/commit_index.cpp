#include "core/journey/commit_index.h"

#include <algorithm>

namespace cerebral::journey {
namespace {

template <class Map>
void put(Map& of, const std::string& key, const PushPtr& push) {
    if (!key.empty()) of[key].insert(push);
}

template <class Map>
void drop(Map& of, const std::string& key, const PushPtr& push) {
    const auto it = of.find(key);
    if (it == of.end()) return;
    it->second.erase(push);
    if (it->second.empty()) of.erase(it);
}

bool sameBranch(const Push& a, const Push& b) {
    return a.repository == b.repository && a.ref == b.ref;
}

template <class Map>
std::vector<PushPtr> onBranch(const Map& of, const std::string& key, const Push& push) {
    std::vector<PushPtr> found;
    if (push.repository.empty() || push.ref.empty()) return found;
    const auto it = of.find(key);
    if (it == of.end()) return found;
    for (const PushPtr& other : it->second) {
        if (sameBranch(*other, push)) found.push_back(other);
    }
    return found;
}

}  // namespace

void CommitIndex::insert(const PushPtr& push) {
    put(byCommit_, push->commit, push);
    put(byBefore_, push->before, push);
    if (!push->services.empty()) put(byDelivery_, push->delivery, push);
}

void CommitIndex::erase(const PushPtr& push) {
    drop(byCommit_, push->commit, push);
    drop(byBefore_, push->before, push);
    drop(byDelivery_, push->delivery, push);
}

std::vector<PushPtr> CommitIndex::beginningWith(std::string_view commit) const {
    std::vector<PushPtr> found;
    if (commit.empty()) return found;
    for (auto it = byCommit_.lower_bound(commit); it != byCommit_.end() && it->first.starts_with(commit); ++it) {
        found.insert(found.end(), it->second.begin(), it->second.end());
    }
    std::sort(found.begin(), found.end(), newerFirst);
    return found;
}

std::size_t CommitIndex::countBeginningWith(std::string_view commit, std::size_t most) const {
    std::size_t count = 0;
    if (commit.empty()) return count;
    for (auto it = byCommit_.lower_bound(commit);
         count < most && it != byCommit_.end() && it->first.starts_with(commit); ++it) {
        ++count;
    }
    return count;
}

std::vector<PushPtr> CommitIndex::sameCommit(const Push& push) const {
    return onBranch(byCommit_, push.commit, push);
}

std::vector<PushPtr> CommitIndex::successors(const Push& push) const {
    return onBranch(byBefore_, push.commit, push);
}

std::vector<PushPtr> CommitIndex::ofDelivery(const std::string& delivery) const {
    const auto it = byDelivery_.find(delivery);
    if (it == byDelivery_.end()) return {};
    return {it->second.begin(), it->second.end()};
}

}  // namespace cerebral::journey
