#pragma once
/// @file SessionScope: what of a cluster a session follows. Namespaced rights suffice for all of it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cerebral::session {

enum class Kind : std::uint8_t {
    PipelineRuns,
    TaskRuns,  ///< of the runs that matter (see SessionScope::recentRuns)
    TaskPods,  ///< likewise: pods that carry Tekton's pipelineRun label
    Deployments,
    ReplicaSets,
    Pods,  ///< of the platform's namespaces
    Events,
};
/// "pipelineruns", "task pods": for people.
const char* toString(Kind kind) noexcept;

struct SessionScope {
    /// PipelineRuns, their TaskRuns and pods, Events.
    std::vector<std::string> pipelineNamespaces{"tekton-pipelines"};
    /// Deployments, ReplicaSets, Pods, Events.
    std::vector<std::string> platformNamespaces{"cerebral-platform"};
    /// TaskRuns and task pods are held for unfinished and opened runs and for this many of the newest;
    /// those of older runs are fetched when one is opened.
    std::size_t recentRuns = 30;
    std::uint64_t seed = 0;  ///< jitter; two programs on one desk should not share it
};

}  // namespace cerebral::session
