#pragma once
/// @file RunIndex<Run>: runs by a text that some of them have in common. Private to core/journey.
///
/// Holds the hash of the text alone: the texts are long, and there are several for each of ten thousand
/// runs. So it answers with candidates; where another text of the same hash would do harm, who asks
/// compares the run itself.

#include <cstddef>
#include <functional>
#include <set>
#include <string_view>
#include <utility>

namespace cerebral::journey {

template <class Run>
class RunIndex {
public:
    void put(std::string_view text, Run* run, bool present) {
        const std::pair entry(hashOf(text), run);
        if (present) {
            runs_.insert(entry);
        } else {
            runs_.erase(entry);
        }
    }
    template <class Visit>
    void visit(std::string_view text, Visit visit) const {
        const std::size_t hash = hashOf(text);
        for (auto it = runs_.lower_bound({hash, nullptr}); it != runs_.end() && it->first == hash; ++it)
            visit(*it->second);
    }

private:
    [[nodiscard]] static std::size_t hashOf(std::string_view text) noexcept {
        return std::hash<std::string_view>()(text);
    }

    /// All runs of a Deployment may wait for the same image, so a group is searched like the whole.
    std::set<std::pair<std::size_t, Run*>> runs_;
};

}  // namespace cerebral::journey
