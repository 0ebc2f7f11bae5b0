#include "core/kube/session/run_scopes.h"

#include <algorithm>

namespace cerebral::session {
namespace {

/// Keeps a request line well under the 8 KiB that proxies allow.
constexpr std::size_t kNamesPerSelector = 40;

}  // namespace

void RunScopes::apply(const kube::Changes<tekton::PipelineRun>& changes) {
    const std::scoped_lock lock(mutex_);
    for (const auto& run : changes.removed) {
        runs_.erase(run);
        held_.erase(run->meta.name);
    }
    for (const auto* list : {&changes.added, &changes.updated}) {
        for (const auto& run : *list) {
            if (runs_.insert(run).second) continue;
            runs_.erase(run);
            runs_.insert(run);
        }
    }
    if (!listed_) return;
    for (const auto& run : changes.added) held_.insert(run->meta.name);
}

bool RunScopes::open(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    ++opened_[name];
    return !held_.contains(name);
}

void RunScopes::close(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    const auto it = opened_.find(name);
    if (it != opened_.end() && --it->second == 0) opened_.erase(it);
}

std::set<std::string> RunScopes::needed() const {
    std::set<std::string> names;
    std::vector<std::pair<WallTime, const std::string*>> finished;
    for (const auto& run : runs_) {
        if (tekton::isFinished(run->state())) {
            finished.emplace_back(run->meta.creationTimestamp.value_or(WallTime()), &run->meta.name);
        } else {
            names.insert(run->meta.name);
        }
    }
    const auto newest = static_cast<std::ptrdiff_t>(std::min(recentRuns_, finished.size()));
    std::partial_sort(finished.begin(), finished.begin() + newest, finished.end(),
                      [](const auto& left, const auto& right) { return left.first > right.first; });
    for (auto it = finished.begin(); it != finished.begin() + newest; ++it) names.insert(*it->second);
    for (const auto& [name, count] : opened_) names.insert(name);
    return names;
}

std::vector<std::string> RunScopes::selectors() {
    const std::scoped_lock lock(mutex_);
    held_ = needed();
    listed_ = true;
    std::vector<std::string> selectors;
    std::size_t count = 0;
    for (const std::string& name : held_) {
        if (count++ % kNamesPerSelector == 0) {
            selectors.emplace_back("tekton.dev/pipelineRun in (" + name);
        } else {
            selectors.back() += "," + name;
        }
    }
    for (std::string& selector : selectors) selector += ")";
    return selectors;
}

}  // namespace cerebral::session
