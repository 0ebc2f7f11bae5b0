#pragma once
/// @file What a cluster says about one commit, fetched once: the pushes that carried it and where they stand.

#include <string>
#include <vector>

#include "app/ctl/cluster_connection.h"
#include "core/journey/push_book.h"

namespace cerebral::ctl {

struct TraceResult {
    journey::PushBook book;
    /// What could not be read, and why: the answer leaves open what it would tell.
    std::vector<std::string> gaps;
};
/// `commit`: the beginning of a commit id, lower case. Without the right to list PipelineRuns there is no answer.
[[nodiscard]] Result<TraceResult> traceCommit(kube::KubeClient& client, const std::string& ns,
                                              const std::string& commit);

}  // namespace cerebral::ctl
