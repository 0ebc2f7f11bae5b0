#pragma once
/// @file PipelineRunReader: PipelineRuns out of watch lines and lists by the ten thousand, without a tree of the
/// document.
///
/// Passes over what the product does not use, half of the bytes, and copies texts once, to where they
/// stay. What it cannot make sense of is left to the decoder of decode_pipeline_run.cpp, which both
/// must agree with: it alone decides what is malformed. Only for .cpp files (simdjson).

#include <simdjson.h>

#include <optional>
#include <string_view>
#include <vector>

#include "core/tekton/decode_pipeline_spec.h"
#include "core/tekton/pipeline_run.h"

namespace cerebral::tekton {

class PipelineRunReader {
public:
    /// @param json one object, of which simdjson::SIMDJSON_PADDING bytes more may be read
    std::optional<PipelineRun> read(std::string_view json);

private:
    bool readMeta(simdjson::ondemand::object metadata, kube::ObjectMeta& meta);
    bool readSpec(simdjson::ondemand::object spec, PipelineRun& run);
    bool readStatus(simdjson::ondemand::object status, PipelineRun& run);
    bool readPipelineSpec(simdjson::ondemand::object pipelineSpec, PipelineRun& run);

    simdjson::ondemand::parser parser_;
    SharedPipelines pipelines_;
    std::vector<kube::PackedPairs::Pair> pairs_;  ///< what is being read; kept for its memory
};

}  // namespace cerebral::tekton
