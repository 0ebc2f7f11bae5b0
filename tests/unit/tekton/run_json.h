#pragma once
/// @file PipelineRuns as readable JSON, for golden files and for showing a difference.

#include <string>
#include <vector>

#include "core/kube/store.h"
#include "core/tekton/pipeline_run.h"

namespace cerebral::test {

/// Sorted by namespace and name, indented, ending in a newline.
[[nodiscard]] std::string runsJson(std::vector<tekton::PipelineRun> runs);
[[nodiscard]] std::string runsJson(const kube::Store<tekton::PipelineRun>& store);
/// Every item of a recorded list.
[[nodiscard]] std::vector<tekton::PipelineRun> decodeRunList(const std::string& listJson);

}  // namespace cerebral::test
