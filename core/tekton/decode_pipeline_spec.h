#pragma once
/// @file The graph out of a `pipelineSpec`. Only for .cpp files (simdjson).

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/shared_list.h"
#include "core/kube/json_fields.h"
#include "core/tekton/pipeline_spec.h"

namespace cerebral::tekton {

/// A pipeline as a run keeps it.
struct ResolvedPipeline {
    SharedList<PipelineTask> tasks;  ///< `tasks` in order, then `finally`
    SharedList<std::string> names;   ///< theirs
};
ResolvedPipeline decodePipeline(kube::json::Element pipelineSpec);

/// Nearly all runs are of few pipelines: those that resolve to the same tasks share them, and what says
/// that they do is compared before anything is made.
class SharedPipelines {
public:
    /// Empty; to be filled with a text that is the same for two specs only if the same tasks come of them.
    std::string& traits();
    /// The pipeline with these traits, if it is remembered.
    std::optional<ResolvedPipeline> find();
    /// Decodes and remembers it; nothing when `pipelineSpec` is broken.
    std::optional<ResolvedPipeline> add(std::string_view pipelineSpec);

private:
    struct Known {
        std::string traits;
        ResolvedPipeline pipeline;
    };
    std::deque<Known> recent_;  ///< the last one met first
    std::string traits_;
};

}  // namespace cerebral::tekton
