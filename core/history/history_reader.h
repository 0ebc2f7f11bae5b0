#pragma once
/// @file Questions to the history. One connection of its own; use an object from one thread at a time (any number of
/// objects at the same time). Never waits for the writer: it sees what was committed when a question begins.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/duration_stats.h"
#include "core/base/result.h"
#include "core/history/records.h"

namespace cerebral::history {

/// Which runs. Empty fields do not restrict; the braces let callers name only those that do.
struct RunFilter {
    std::string cluster{};
    std::string ns{};
    std::string service{};
    std::string branch{};
    std::string pipeline{};
    std::string commitPrefix{};  ///< from 4 hex digits on
    std::string text{};          ///< somewhere in name, message, author, commit or branch, case ignored (ASCII)
    std::vector<tekton::RunState> states{};
    std::optional<WallTime> from{};    ///< created at or after
    std::optional<WallTime> before{};  ///< created before
};

struct PageCursor {
    std::int64_t createdMillis = 0;
    std::int64_t row = 0;
};
struct RunPage {
    std::vector<RunRow> rows;        ///< newest first
    std::optional<PageCursor> next;  ///< give it back for the rows that follow; none: these were the last
};

struct StepProfile {
    std::string step;
    analysis::DurationStats run;
};
struct TaskProfile {
    std::string task;
    analysis::DurationStats begin;  ///< how long after the run's start; of the first attempt
    analysis::DurationStats run;    ///< from its first start to its last end, matrix and attempts together
    std::vector<StepProfile> steps;
};
struct StageProfile {
    std::string stage;
    analysis::DurationStats run;
};
/// How long the last successful runs took: ghost bars and the estimate.
struct DurationProfile {
    int runs = 0;
    analysis::DurationStats run;  ///< start to end of the whole run
    std::vector<StageProfile> stages;
    std::vector<TaskProfile> tasks;  ///< in the order of their usual beginning
};

/// One bucket of outcomes(): [edges[i], edges[i + 1]).
struct Outcomes {
    WallTime from;
    int succeeded = 0;
    int failed = 0;  ///< timed out included
    int cancelled = 0;
    int deploysLive = 0;
    int deploysFailed = 0;
};

struct StageSample {
    std::string runUid;
    std::string service;
    WallTime began;
    std::chrono::milliseconds duration{0};
};

/// An error seen in several runs is one error.
struct ErrorCount {
    std::string fingerprint;
    std::string normalised;
    std::string sample;  ///< the line as it was last seen
    int runs = 0;
    std::vector<std::string> services;
    WallTime first;
    WallTime last;
};
struct Sighting {
    std::string runUid;
    std::string runName;
    std::string service;
    std::string branch;
    WallTime at;  ///< end of the run
};

class HistoryReader {
public:
    /// `file`: one that History::open() has opened. Fails when it is not there.
    [[nodiscard]] static Result<std::unique_ptr<HistoryReader>> open(const std::filesystem::path& file);
    ~HistoryReader();
    HistoryReader(const HistoryReader&) = delete;
    HistoryReader& operator=(const HistoryReader&) = delete;

    [[nodiscard]] Result<RunPage> runs(const RunFilter& filter, int limit,
                                       const std::optional<PageCursor>& after = std::nullopt);
    [[nodiscard]] Result<std::int64_t> countRuns(const RunFilter& filter);
    /// Everything kept of one run; none when it is not kept.
    [[nodiscard]] Result<std::optional<RunRecord>> run(const std::string& uid);
    /// By name, the newest of that name.
    [[nodiscard]] Result<std::optional<RunRecord>> runNamed(const std::string& cluster, const std::string& ns,
                                                            const std::string& name);
    /// The newest successful run of the service (and branch, unless empty) created before `time`.
    [[nodiscard]] Result<std::optional<RunRecord>> lastGreenBefore(const std::string& cluster,
                                                                   const std::string& service,
                                                                   const std::string& branch, WallTime time);
    [[nodiscard]] Result<std::vector<FirstErrorRecord>> firstErrors(const std::string& runUid);
    [[nodiscard]] Result<std::optional<StepLogRecord>> stepLog(const std::string& runUid, const std::string& task,
                                                               const std::string& step);

    /// Of the last `lastRuns` successful runs the filter names (its states are ignored).
    [[nodiscard]] Result<DurationProfile> durations(const RunFilter& filter, int lastRuns = 20);

    /// Finished runs and ended rollouts in each bucket between neighbouring `edges` (ascending; local midnights give
    /// days, whatever the clocks did in between). Rollouts follow the filter's cluster and namespace, and its
    /// service as the Deployment's name.
    [[nodiscard]] Result<std::vector<Outcomes>> outcomes(const RunFilter& filter, std::span<const WallTime> edges);
    /// Every ended stretch of that name, oldest first.
    [[nodiscard]] Result<std::vector<StageSample>> stageSamples(const RunFilter& filter, const std::string& stage);
    /// The most frequent first errors of the runs the filter names.
    [[nodiscard]] Result<std::vector<ErrorCount>> frequentErrors(const RunFilter& filter, int limit);
    /// The runs that failed with this error, newest first.
    [[nodiscard]] Result<std::vector<Sighting>> sightings(const RunFilter& filter, const std::string& fingerprint);

    /// Of one Deployment, newest first; of all in the namespace when `deployment` is empty.
    [[nodiscard]] Result<std::vector<RolloutRecord>> rollouts(const std::string& cluster, const std::string& ns,
                                                              const std::string& deployment, int limit);

private:
    class Connection;
    explicit HistoryReader(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace cerebral::history
