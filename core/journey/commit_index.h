#pragma once
/// @file CommitIndex: pushes by what they are looked up with: a commit's beginning, the commit before, the delivery.
/// Private to core/journey. Costs follow from what is found, never from how many pushes are held.

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/journey/journey.h"

namespace cerebral::journey {

/// Newest first, as rows are shown.
[[nodiscard]] inline bool newerFirst(const PushPtr& a, const PushPtr& b) {
    return a->begunAt != b->begunAt ? a->begunAt > b->begunAt : a->key < b->key;
}

class CommitIndex {
public:
    void insert(const PushPtr& push);
    void erase(const PushPtr& push);

    /// Newest first.
    [[nodiscard]] std::vector<PushPtr> beginningWith(std::string_view commit) const;
    /// How many different commits begin so; stops counting at `most`.
    [[nodiscard]] std::size_t countBeginningWith(std::string_view commit, std::size_t most) const;
    /// Pushes to the same branch with the same commit, `push` among them; newest first.
    [[nodiscard]] std::vector<PushPtr> sameCommit(const Push& push) const;
    /// Pushes to the same branch that began where `push` ended; newest first.
    [[nodiscard]] std::vector<PushPtr> successors(const Push& push) const;
    /// With services; rows that a delivery alone makes are not meant.
    [[nodiscard]] std::vector<PushPtr> ofDelivery(const std::string& delivery) const;

private:
    struct NewerFirst {
        bool operator()(const PushPtr& a, const PushPtr& b) const { return newerFirst(a, b); }
    };
    using Pushes = std::set<PushPtr, NewerFirst>;

    std::map<std::string, Pushes, std::less<>> byCommit_;
    std::unordered_map<std::string, Pushes> byBefore_;
    std::unordered_map<std::string, Pushes> byDelivery_;
};

}  // namespace cerebral::journey
