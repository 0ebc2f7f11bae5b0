#include <simdjson.h>

#include <memory>
#include <utility>

#include "core/kube/json_object_sink.h"
#include "core/tekton/decode.h"
#include "core/tekton/decode_parts.h"
#include "core/tekton/decode_pipeline_spec.h"
#include "core/tekton/read_pipeline_run.h"

namespace cerebral::tekton {
namespace {

using kube::json::Element;
namespace json = kube::json;

void decodeSpec(Element spec, PipelineRun& run) {
    run.specStatus = json::string(spec, "status");
    if (const auto reference = json::field(spec, "pipelineRef")) {
        run.pipelineName = json::string(*reference, "name");
        if (run.pipelineName.empty()) run.pipelineName = resolverName(*reference);
    }
    if (const auto pods = json::field(spec, "taskRunTemplate")) {
        run.serviceAccount = json::string(*pods, "serviceAccountName");
    }
    run.params = decodePairs(spec, "params");
}

void decodeTasks(Element pipelineSpec, PipelineRun& run) {
    ResolvedPipeline pipeline = decodePipeline(pipelineSpec);
    run.tasks = std::move(pipeline.tasks);
    run.pipelineTasks = std::move(pipeline.names);
}

void decodeStatus(Element status, PipelineRun& run) {
    Condition succeeded = decodeSucceeded(status);
    run.condition = succeeded.status;
    run.reason = std::move(succeeded.reason);
    run.message = std::move(succeeded.message);
    run.startTime = json::time(status, "startTime");
    run.completionTime = json::time(status, "completionTime");
    json::each(status, "childReferences", [&](Element child) {
        run.children.push_back(
            {json::string(child, "kind"), json::string(child, "name"), json::string(child, "pipelineTaskName")});
    });
    run.children.shrink_to_fit();
    json::each(status, "skippedTasks", [&](Element task) {
        run.skipped.push_back({json::string(task, "name"), json::string(task, "reason")});
    });
    run.results = decodePairs(status, "results");
    if (const auto pipelineSpec = json::field(status, "pipelineSpec")) decodeTasks(*pipelineSpec, run);
}

Result<PipelineRun> decode(Element object) {
    auto meta = json::decodeMeta(object);
    if (!meta) return fail(std::move(meta.error()));
    PipelineRun run;
    run.meta = std::move(*meta);
    if (const auto spec = json::field(object, "spec")) {
        decodeSpec(*spec, run);
        if (const auto embedded = json::field(*spec, "pipelineSpec")) decodeTasks(*embedded, run);
    }
    if (const auto status = json::field(object, "status")) decodeStatus(*status, run);
    if (run.pipelineName.empty()) run.pipelineName = run.meta.label("tekton.dev/pipeline");
    return run;
}

}  // namespace

Result<PipelineRun> decodePipelineRun(std::string_view text) {
    return kube::json::decodeText(text, decode);
}

std::unique_ptr<kube::ObjectSink> makePipelineRunSink(kube::Store<PipelineRun>& store) {
    return std::make_unique<kube::JsonObjectSink<PipelineRun>>(
        store, decode,
        [reader = std::make_shared<PipelineRunReader>()](std::string_view json) { return reader->read(json); });
}

}  // namespace cerebral::tekton
