#include "core/journey/commit_index.h"

#include <algorithm>
#include <iterator>

namespace cerebral::journey {
namespace {

bool sameBranch(const Push& a, const Push& b) {
    return a.repository == b.repository && a.ref == b.ref;
}

template <class Pushes>
std::vector<PushPtr> onBranch(const Pushes& pushes, std::string_view text, const Push& push) {
    std::vector<PushPtr> found;
    if (text.empty() || push.repository.empty() || push.ref.empty()) return found;
    const auto [begin, end] = pushes.equal_range(text);
    std::copy_if(begin, end, std::back_inserter(found),
                 [&](const PushPtr& other) { return sameBranch(*other, push); });
    return found;
}

}  // namespace

void CommitIndex::insert(const PushPtr& push) {
    if (!push->commit.empty()) byCommit_.insert(push);
    if (!push->before.empty()) byBefore_.insert(push);
    if (!push->delivery.empty() && !push->services.empty()) byDelivery_.insert(push);
}

void CommitIndex::erase(const PushPtr& push) {
    byCommit_.erase(push);
    byBefore_.erase(push);
    byDelivery_.erase(push);
}

std::vector<PushPtr> CommitIndex::beginningWith(std::string_view commit) const {
    std::vector<PushPtr> found;
    if (commit.empty()) return found;
    for (auto it = byCommit_.lower_bound(commit); it != byCommit_.end() && (*it)->commit.starts_with(commit); ++it)
        found.push_back(*it);
    std::sort(found.begin(), found.end(), newerFirst);
    return found;
}

std::size_t CommitIndex::countBeginningWith(std::string_view commit, std::size_t most) const {
    std::size_t count = 0;
    if (commit.empty()) return count;
    auto it = byCommit_.lower_bound(commit);
    while (count < most && it != byCommit_.end() && (*it)->commit.starts_with(commit)) {
        ++count;
        it = byCommit_.upper_bound(std::string_view((*it)->commit));
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
    const auto [begin, end] = byDelivery_.equal_range(std::string_view(delivery));
    return {begin, end};
}

}  // namespace cerebral::journey
