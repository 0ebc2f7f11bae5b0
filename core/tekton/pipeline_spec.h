#pragma once
/// @file PipelineTask: a node of a pipeline's graph, as resolved into the run's status.pipelineSpec.

#include <string>
#include <string_view>
#include <vector>

namespace cerebral::tekton {

struct PipelineTask {
    std::string name;
    std::string displayName;
    std::string taskName;            ///< taskRef; empty for an embedded task
    std::vector<std::string> after;  ///< tasks it waits for: runAfter and referenced results; sorted, once each
    bool finally = false;            ///< waits for all tasks
    bool matrix = false;             ///< several children share its name
    bool conditional = false;        ///< has `when`
    bool failureIgnored = false;     ///< onError: continue
    int retries = 0;

    friend bool operator==(const PipelineTask&, const PipelineTask&) = default;
};

/// What every reference to another task begins with.
inline constexpr std::string_view kTaskReference = "$(tasks.";
/// Names of tasks whose results `text` refers to: $(tasks.NAME.results.…), also with ["…"] and [*] after.
[[nodiscard]] std::vector<std::string> referencedTasks(std::string_view text);
/// `task` can only have begun when `earlier` was over: a path leads from one to the other.
[[nodiscard]] bool dependsOn(const std::vector<PipelineTask>& tasks, std::string_view task, std::string_view earlier);

}  // namespace cerebral::tekton
