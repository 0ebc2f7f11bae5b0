#include "core/tekton/decode_pipeline_spec.h"

#include <algorithm>

#include "core/tekton/decode_parts.h"

namespace cerebral::tekton {
namespace {

using kube::json::Element;
namespace json = kube::json;

std::vector<std::string> decodeAfter(Element task) {
    std::vector<std::string> after;
    json::each(task, "runAfter", [&](Element name) { after.push_back(json::textOrJson(name)); });
    for (const char* key : {"params", "when", "matrix"}) {
        const auto value = json::field(task, key);
        if (!value) continue;
        for (std::string& name : referencedTasks(simdjson::minify(*value))) after.push_back(std::move(name));
    }
    std::sort(after.begin(), after.end());
    after.erase(std::unique(after.begin(), after.end()), after.end());
    return after;
}

PipelineTask decodeTask(Element element, bool finally) {
    PipelineTask task;
    task.name = json::string(element, "name");
    task.displayName = json::string(element, "displayName");
    if (const auto reference = json::field(element, "taskRef")) {
        task.taskName = json::string(*reference, "name");
        if (task.taskName.empty()) task.taskName = resolverName(*reference);
    }
    task.after = decodeAfter(element);
    task.finally = finally;
    task.matrix = json::field(element, "matrix").has_value();
    task.conditional = json::field(element, "when").has_value();
    task.failureIgnored = json::text(element, "onError") == "continue";
    task.retries = static_cast<int>(std::clamp<std::int64_t>(json::integer(element, "retries"), 0, 1'000'000));
    return task;
}

}  // namespace

std::vector<PipelineTask> decodePipelineTasks(Element pipelineSpec) {
    std::vector<PipelineTask> tasks;
    json::each(pipelineSpec, "tasks", [&](Element task) { tasks.push_back(decodeTask(task, false)); });
    json::each(pipelineSpec, "finally", [&](Element task) { tasks.push_back(decodeTask(task, true)); });
    tasks.shrink_to_fit();
    return tasks;
}

}  // namespace cerebral::tekton
