#pragma once
/// @file Where a rebuild takes its source from: the runs the cluster still has.
///
/// A rebuild request names a service and a branch, not a repository. The newest run of that service on
/// that branch says which repository, which commit and whether the branch is rolled out; failing that,
/// the newest run of any service on the branch, then the newest run at all (for the repository alone).
/// Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kube/store.h"
#include "core/tekton/pipeline_run.h"

namespace cerebral::receiver {

struct BuildSource {
    std::string repository;
    std::string cloneUrl;
    std::string commit;    ///< of the same service and branch; empty when that was never built
    bool deploys = false;  ///< runs of this branch are rolled out
};

/// `runs`: every run of ours in the namespace. Empty when there is none.
[[nodiscard]] std::optional<BuildSource> findSource(const std::vector<kube::ObjectPtr<tekton::PipelineRun>>& runs,
                                                    std::string_view service, std::string_view branch);

}  // namespace cerebral::receiver
