#pragma once
/// @file The graph out of a `pipelineSpec`. Only for .cpp files (simdjson).

#include <vector>

#include "core/kube/json_fields.h"
#include "core/tekton/pipeline_spec.h"

namespace cerebral::tekton {

/// `tasks` in order, then `finally`.
std::vector<PipelineTask> decodePipelineTasks(kube::json::Element pipelineSpec);

}  // namespace cerebral::tekton
