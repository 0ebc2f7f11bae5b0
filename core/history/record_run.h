#pragma once
/// @file From the cluster's objects to what is kept of them.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/first_error.h"
#include "core/analysis/run_differences.h"
#include "core/history/records.h"
#include "core/tekton/pipeline_run.h"
#include "core/tekton/task_run.h"

namespace cerebral::history {

/// `cluster`: see RunRow::cluster. Tasks and stages are not in a PipelineRun and stay empty.
[[nodiscard]] RunRecord recordOf(const tekton::PipelineRun& run, std::string_view cluster);

/// One record for each attempt, oldest first.
[[nodiscard]] std::vector<TaskRecord> recordsOf(const tekton::TaskRun& taskRun);
[[nodiscard]] FirstErrorRecord recordOf(const analysis::StepError& error, std::string runUid, std::string task,
                                        std::string step, std::optional<int> exitCode, std::string explanation);
/// What the failure card compares.
[[nodiscard]] analysis::RunFacts factsOf(const RunRecord& run);

struct LogLimits {
    std::size_t bytes = std::size_t{512} * 1024;
    std::int64_t lines = 5'000;
};
/// Keeps whole lines from the end of `log` within the limits. `firstNumber`: the number of the log's first line.
[[nodiscard]] StepLogRecord tailOf(std::string_view log, const LogLimits& limits, std::int64_t firstNumber = 1);

}  // namespace cerebral::history
