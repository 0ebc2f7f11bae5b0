#include "tests/unit/tekton/run_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/time_format.h"
#include "core/tekton/decode.h"

namespace cerebral::test {
namespace {

using nlohmann::ordered_json;

ordered_json time(const std::optional<WallTime>& value) {
    return value ? ordered_json(formatRfc3339(*value)) : ordered_json();
}

ordered_json pairs(const kube::PackedPairs& all) {
    ordered_json object = ordered_json::object();
    for (const auto& [name, value] : all) object[std::string(name)] = std::string(value);
    return object;
}

const char* name(tekton::ConditionStatus status) {
    switch (status) {
        case tekton::ConditionStatus::Missing:
            return "Missing";
        case tekton::ConditionStatus::True:
            return "True";
        case tekton::ConditionStatus::False:
            return "False";
        case tekton::ConditionStatus::Unknown:
            return "Unknown";
    }
    return "";
}

ordered_json progress(const std::optional<tekton::TaskProgress>& counts) {
    if (!counts) return {};
    return {{"completed", counts->completed}, {"failed", counts->failed},         {"ignored", counts->ignored},
            {"cancelled", counts->cancelled}, {"incomplete", counts->incomplete}, {"skipped", counts->skipped}};
}

ordered_json json(const tekton::PipelineRun& run) {
    ordered_json children = ordered_json::array();
    for (const auto& child : run.children) {
        children.push_back(child.kind + " " + child.name + " of " + child.pipelineTaskName);
    }
    ordered_json skipped = ordered_json::object();
    for (const auto& task : run.skipped) skipped[task.name] = task.reason;
    return {{"key", run.meta.key()},
            {"uid", run.meta.uid},
            {"resourceVersion", run.meta.resourceVersion},
            {"labels", pairs(run.meta.labels)},
            {"annotations", pairs(run.meta.annotations)},
            {"created", time(run.meta.creationTimestamp)},
            {"state", tekton::toString(run.state())},
            {"condition", name(run.condition)},
            {"reason", run.reason},
            {"message", run.message},
            {"progress", progress(run.progress())},
            {"specStatus", run.specStatus},
            {"pipeline", run.pipelineName},
            {"tasks", run.pipelineTasks.list()},
            {"params", pairs(run.params)},
            {"results", pairs(run.results)},
            {"started", time(run.startTime)},
            {"completed", time(run.completionTime)},
            {"children", children},
            {"skipped", skipped}};
}

}  // namespace

std::string runsJson(std::vector<tekton::PipelineRun> runs) {
    std::sort(runs.begin(), runs.end(),
              [](const auto& left, const auto& right) { return left.meta.key() < right.meta.key(); });
    ordered_json all = ordered_json::array();
    for (const auto& run : runs) all.push_back(json(run));
    return all.dump(1) + "\n";
}

std::string runsJson(const kube::Store<tekton::PipelineRun>& store) {
    std::vector<tekton::PipelineRun> runs;
    for (const auto& run : store.snapshot()) runs.push_back(*run);
    return runsJson(std::move(runs));
}

std::vector<tekton::PipelineRun> decodeRunList(const std::string& listJson) {
    std::vector<tekton::PipelineRun> runs;
    const auto list = nlohmann::json::parse(listJson);
    for (const auto& item : list.at("items")) {
        auto run = tekton::decodePipelineRun(item.dump());
        if (run) runs.push_back(std::move(*run));
    }
    return runs;
}

}  // namespace cerebral::test
