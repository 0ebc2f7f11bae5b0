#pragma once
/// @file RunHistory: questions about earlier runs. Every call blocks (SQLite, and the cluster where the history
/// has gaps); run them on a Background.

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/failure_card.h"
#include "core/history/history_reader.h"
#include "core/kube/resource_type.h"
#include "core/kube/store.h"
#include "core/tekton/task_run.h"
#include "ui/bridge/run_services.h"

namespace cerebral::ui {

using RunObject = kube::ObjectPtr<tekton::PipelineRun>;

/// What the failure card is made of, taken together while the objects are at hand.
struct FailureQuestion {
    RunObject run;
    /// The newest green runs of the service that the cluster still has, on the run's branch and on any. Null: ask the
    /// history.
    RunObject greenOnBranch;
    RunObject green;
    std::string task;
    std::string step;
    bool stoppedByRun = false;  ///< the run timed out: its reason says why, not how the step ended
    std::optional<int> exitCode;
    std::string reason;
    std::string message;
    std::string memoryLimit;  ///< of the step's container; empty: none or not known
    std::optional<std::chrono::seconds> after;
    std::string pod;
    /// Plain lines of the failed step, and the number of the first of them.
    std::string log;
    std::string logProblem;  ///< why it is not known
    std::size_t firstNumber = 1;
    std::vector<analysis::PodEvent> events;
    std::string eventsProblem;  ///< why they are not known
    std::string link;
};
[[nodiscard]] analysis::FailureCard answerFailure(RunServices& services, const FailureQuestion& question);

/// The medians of the last 20 successful runs of the service. `greens`: those the cluster has, newest first; their
/// TaskRuns are fetched and kept where the history has not seen them. Empty when nothing is known.
[[nodiscard]] std::optional<history::DurationProfile> usualDurations(RunServices& services,
                                                                     const tekton::PipelineRun& run,
                                                                     const std::vector<RunObject>& greens,
                                                                     std::stop_token stop);

struct KeptLog {
    std::string bytes;  ///< timestamps and colours included
    std::int64_t firstNumber = 1;
    std::int64_t totalLines = 0;
};
[[nodiscard]] std::optional<KeptLog> keptLog(RunServices& services, const std::string& runUid,
                                             const std::string& task, const std::string& step);

/// What is kept of the run and its tasks; none when it is not kept.
[[nodiscard]] std::optional<history::RunRecord> keptRun(RunServices& services, const std::string& runUid);

/// The first error of each of these runs of which one is kept.
[[nodiscard]] std::vector<history::FirstErrorRecord> keptErrors(RunServices& services,
                                                                const std::vector<std::string>& runUids);

/// One object as YAML for people; `managedFields` left out.
[[nodiscard]] Result<std::string> objectYaml(RunServices& services, const kube::ResourceType& type,
                                             const std::string& ns, const std::string& name, std::stop_token stop);

}  // namespace cerebral::ui
