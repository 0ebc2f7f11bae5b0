#pragma once
/// @file From Kubernetes JSON to tekton values (simdjson inside; only the fields used).

#include <memory>
#include <string_view>

#include "core/base/result.h"
#include "core/kube/object_sink.h"
#include "core/kube/store.h"
#include "core/tekton/pipeline_run.h"
#include "core/tekton/task_run.h"

namespace cerebral::tekton {

[[nodiscard]] Result<PipelineRun> decodePipelineRun(std::string_view text);
[[nodiscard]] Result<TaskRun> decodeTaskRun(std::string_view text);

/// What Reflectors feed. `store` must outlive the sink.
[[nodiscard]] std::unique_ptr<kube::ObjectSink> makePipelineRunSink(kube::Store<PipelineRun>& store);
[[nodiscard]] std::unique_ptr<kube::ObjectSink> makeTaskRunSink(kube::Store<TaskRun>& store);

}  // namespace cerebral::tekton
