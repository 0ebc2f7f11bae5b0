#include "core/tekton/decode_pipeline_spec.h"

#include <algorithm>

#include "core/tekton/decode_parts.h"

namespace cerebral::tekton {
namespace {

using kube::json::Element;
namespace json = kube::json;

constexpr std::size_t kPipelinesRemembered = 16;

void addReferenced(Element value, std::vector<std::string>& after) {
    std::string_view text;
    json::Array array;
    json::Object object;
    if (value.get(text) == simdjson::SUCCESS) {
        for (std::string& name : referencedTasks(text)) after.push_back(std::move(name));
    } else if (value.get(array) == simdjson::SUCCESS) {
        for (const Element element : array) addReferenced(element, after);
    } else if (value.get(object) == simdjson::SUCCESS) {
        for (const auto& member : object) addReferenced(member.value, after);
    }
}

std::vector<std::string> decodeAfter(Element task) {
    std::vector<std::string> after;
    json::each(task, "runAfter", [&](Element name) { after.push_back(json::textOrJson(name)); });
    for (const char* key : {"params", "when", "matrix"}) {
        if (const auto value = json::field(task, key)) addReferenced(*value, after);
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

ResolvedPipeline decodePipeline(Element pipelineSpec) {
    std::vector<PipelineTask> tasks;
    json::each(pipelineSpec, "tasks", [&](Element task) { tasks.push_back(decodeTask(task, false)); });
    json::each(pipelineSpec, "finally", [&](Element task) { tasks.push_back(decodeTask(task, true)); });
    tasks.shrink_to_fit();
    std::vector<std::string> names;
    names.reserve(tasks.size());
    for (const PipelineTask& task : tasks) names.push_back(task.name);
    return {std::move(tasks), std::move(names)};
}

std::string& SharedPipelines::traits() {
    traits_.clear();
    return traits_;
}

std::optional<ResolvedPipeline> SharedPipelines::find() {
    const auto held =
        std::find_if(recent_.begin(), recent_.end(), [this](const Known& known) { return known.traits == traits_; });
    if (held == recent_.end()) return std::nullopt;
    std::rotate(recent_.begin(), held, std::next(held));
    return recent_.front().pipeline;
}

std::optional<ResolvedPipeline> SharedPipelines::add(std::string_view pipelineSpec) {
    simdjson::dom::parser parser;
    Element root;
    if (parser.parse(pipelineSpec.data(), pipelineSpec.size()).get(root) != simdjson::SUCCESS) return std::nullopt;
    if (recent_.size() == kPipelinesRemembered) recent_.pop_back();
    recent_.push_front({traits_, decodePipeline(root)});
    return recent_.front().pipeline;
}

}  // namespace cerebral::tekton
