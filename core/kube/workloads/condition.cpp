#include "core/kube/workloads/condition.h"

#include <algorithm>

namespace cerebral::kube {

const Condition* findCondition(const std::vector<Condition>& conditions, std::string_view type) noexcept {
    const auto it = std::find_if(conditions.begin(), conditions.end(),
                                 [&](const Condition& candidate) { return candidate.type == type; });
    return it == conditions.end() ? nullptr : &*it;
}

}  // namespace cerebral::kube
