#pragma once
/// @file CommitIndex: pushes by what they are looked up with: a commit's beginning, the commit before, the delivery.
/// Private to core/journey. Costs follow from what is found, and from the logarithm of how many pushes are held.

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/journey/journey.h"

namespace cerebral::journey {

/// Newest first, as rows are shown.
[[nodiscard]] inline bool newerFirst(const PushPtr& a, const PushPtr& b) {
    return a->begunAt != b->begunAt ? a->begunAt > b->begunAt : a->key < b->key;
}

/// By a text that stands in the push itself, then newest first.
template <std::string Push::*Text>
struct ByText {
    using is_transparent = void;
    bool operator()(const PushPtr& a, const PushPtr& b) const {
        const int order = ((*a).*Text).compare((*b).*Text);
        return order != 0 ? order < 0 : newerFirst(a, b);
    }
    bool operator()(const PushPtr& a, std::string_view text) const { return (*a).*Text < text; }
    bool operator()(std::string_view text, const PushPtr& b) const { return text < (*b).*Text; }
};

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
    std::set<PushPtr, ByText<&Push::commit>> byCommit_;
    std::set<PushPtr, ByText<&Push::before>> byBefore_;
    std::set<PushPtr, ByText<&Push::delivery>> byDelivery_;
};

}  // namespace cerebral::journey
