#pragma once
/// @file RunScopes: which runs of one namespace need their TaskRuns and pods, and which have them.
///
/// Needed are the unfinished runs, the newest finished ones, and those somebody opened. A run whose
/// creation was watched has all its objects through the watches; any other has them when the last
/// lists named it. Thread-safe.

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/kube/store.h"
#include "core/tekton/pipeline_run.h"

namespace cerebral::session {

class RunScopes {
public:
    explicit RunScopes(std::size_t recentRuns) : recentRuns_(recentRuns) {}

    void apply(const kube::Changes<tekton::PipelineRun>& changes);
    /// Returns true when the run's objects are not at hand: the feeds have to list again.
    bool open(const std::string& name);
    void close(const std::string& name);

    /// Label selectors that name every needed run, some dozens each. What they name counts as held.
    [[nodiscard]] std::vector<std::string> selectors();

private:
    [[nodiscard]] std::set<std::string> needed() const;

    std::size_t recentRuns_;
    std::mutex mutex_;
    /// Reads the name in the run itself: there are ten thousand.
    struct ByName {
        static std::string_view nameOf(const kube::ObjectPtr<tekton::PipelineRun>& run) { return run->meta.name; }
        /// Not noexcept: libstdc++ then keeps the hash, and a set that grows reads no run again.
        std::size_t operator()(const kube::ObjectPtr<tekton::PipelineRun>& run) const {
            return std::hash<std::string_view>()(nameOf(run));
        }
        bool operator()(const kube::ObjectPtr<tekton::PipelineRun>& a,
                        const kube::ObjectPtr<tekton::PipelineRun>& b) const {
            return nameOf(a) == nameOf(b);
        }
    };
    std::unordered_set<kube::ObjectPtr<tekton::PipelineRun>, ByName, ByName> runs_;
    std::map<std::string, int> opened_;  ///< by how many
    std::set<std::string> held_;
    bool listed_ = false;
};

}  // namespace cerebral::session
