#include "core/tekton/pipeline_spec.h"

#include <algorithm>
#include <set>

namespace cerebral::tekton {
namespace {

const PipelineTask* find(const std::vector<PipelineTask>& tasks, std::string_view name) {
    const auto it =
        std::find_if(tasks.begin(), tasks.end(), [&](const PipelineTask& task) { return task.name == name; });
    return it == tasks.end() ? nullptr : &*it;
}

}  // namespace

std::vector<std::string> referencedTasks(std::string_view text) {
    constexpr std::string_view kResults = ".results";
    std::set<std::string> names;
    for (std::size_t at = text.find(kTaskReference); at != std::string_view::npos;
         at = text.find(kTaskReference, at + 1)) {
        const std::string_view rest = text.substr(at + kTaskReference.size());
        const std::string_view reference = rest.substr(0, rest.find(')'));
        // A task's name has no dot: it is a Kubernetes label.
        const std::size_t dot = reference.find('.');
        if (dot == 0 || dot == std::string_view::npos || !reference.substr(dot).starts_with(kResults)) continue;
        names.emplace(reference.substr(0, dot));
    }
    return {names.begin(), names.end()};
}

bool dependsOn(const std::vector<PipelineTask>& tasks, std::string_view task, std::string_view earlier) {
    std::set<std::string_view> seen;
    std::vector<std::string_view> next = {task};
    while (!next.empty()) {
        const PipelineTask* node = find(tasks, next.back());
        next.pop_back();
        if (node == nullptr) continue;
        for (const std::string& before : node->after) {
            if (before == earlier) return true;
            if (seen.insert(before).second) next.emplace_back(before);
        }
    }
    return false;
}

}  // namespace cerebral::tekton
