#pragma once
/// @file What the history keeps of runs and rollouts after the cluster has pruned them: plain values.
///
/// Identity of a run is its uid. Times are wall times of the cluster, kept to the millisecond; an absent
/// time is unknown, never zero. Strings are UTF-8 as the API server sent them, empty when absent.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/tekton/run_state.h"

namespace cerebral::history {

struct NamedValue {
    std::string name;
    std::string value;
    bool operator==(const NamedValue&) const = default;
};

/// One row of the Runs table.
struct RunRow {
    std::string uid;
    std::string cluster;  ///< which cluster, the same word in every session (its API server's URL)
    std::string ns;
    std::string name;
    std::string resourceVersion;  ///< a run whose version is known already is not written again

    std::string service;
    std::string branch;
    std::string commit;   ///< 40 hex digits
    std::string before;   ///< commit before the push
    std::string trigger;  ///< push | base-image | rebuild
    std::string repository;
    std::string ref;
    std::string message;
    std::string author;
    std::string pusher;
    std::string delivery;
    std::string compareUrl;
    std::string requestId;
    std::string requestedBy;
    std::string rebuildReason;

    std::string pipeline;
    std::string serviceAccount;
    std::string baseImage;    ///< reference the run was given
    std::string baseDigest;   ///< what it meant then; empty: unknown
    std::string imageDigest;  ///< what was built

    tekton::RunState state = tekton::RunState::Pending;
    std::string reason;
    std::string conditionMessage;  ///< progress is in it: tekton::parseTaskProgress

    WallTime created;
    std::optional<WallTime> received;  ///< by the receiver
    std::optional<WallTime> started;
    std::optional<WallTime> finished;

    bool operator==(const RunRow&) const = default;
};

struct StepRecord {
    std::string name;
    std::string container;
    std::optional<WallTime> started;
    std::optional<WallTime> finished;
    std::optional<int> exitCode;
    std::string reason;
    bool operator==(const StepRecord&) const = default;
};

/// One TaskRun. Children of a matrix and earlier attempts have the same pipelineTask.
struct TaskRecord {
    std::string pipelineTask;
    std::string taskRun;
    std::string uid;
    std::string pod;
    tekton::RunState state = tekton::RunState::Pending;
    std::string reason;
    std::string message;
    int attempt = 0;  ///< 0 is the first
    std::optional<WallTime> created;
    std::optional<WallTime> scheduled;
    std::optional<WallTime> started;
    std::optional<WallTime> finished;
    std::vector<StepRecord> steps;
    bool operator==(const TaskRecord&) const = default;
};

/// A stretch of the way from push to pods ("build", "rollout", "push-to-live").
struct StageRecord {
    std::string stage;
    std::optional<WallTime> began;
    std::optional<WallTime> ended;
    std::string outcome;
    bool operator==(const StageRecord&) const = default;
};

struct RunRecord {
    RunRow row;
    std::vector<NamedValue> params;
    std::vector<NamedValue> results;
    std::vector<TaskRecord> tasks;
    std::vector<StageRecord> stages;
    bool operator==(const RunRecord&) const = default;
};

/// Where a failed step went wrong; see core/analysis/first_error.h.
struct FirstErrorRecord {
    std::string runUid;
    std::string task;  ///< pipelineTask
    std::string step;
    std::optional<int> exitCode;
    std::string explanation;  ///< in words, from core/analysis/explain.h
    std::string fingerprint;
    std::string normalised;
    std::int64_t errorNumber = 0;  ///< 1-based line in the whole log
    std::int64_t totalLines = 0;
    std::int64_t excerptFirst = 1;  ///< number of the excerpt's first line
    std::vector<std::string> excerpt;
    bool operator==(const FirstErrorRecord&) const = default;
};

/// The end of a step's log, bytes as the kubelet sent them (timestamps and colours included).
struct StepLogRecord {
    std::string runUid;
    std::string task;  ///< pipelineTask
    std::string step;
    std::int64_t firstNumber = 1;  ///< 1-based number of the first line kept
    std::int64_t totalLines = 0;
    std::string bytes;
    bool operator==(const StepLogRecord&) const = default;
};

/// One revision of a Deployment going out. Identity is the Deployment's uid and the revision.
struct RolloutRecord {
    std::string deploymentUid;
    std::int64_t revision = 0;
    std::string cluster;
    std::string ns;
    std::string deployment;
    std::string image;
    std::string digest;
    std::string commit;
    std::string runUid;  ///< of the run that caused it; empty: by hand
    std::string state;   ///< "live", "failed", "superseded", "rolling"
    std::string message;
    int podsWanted = 0;
    int podsReady = 0;
    WallTime began;
    std::optional<WallTime> ended;
    bool operator==(const RolloutRecord&) const = default;
};

/// Tasks known now replace what was known of the run before; so do stages.
struct RunTasks {
    std::string runUid;
    std::vector<TaskRecord> tasks;
};
struct RunStages {
    std::string runUid;
    std::vector<StageRecord> stages;
};

/// A RunRecord without tasks or stages leaves those kept before alone. Changes that name a run which is not
/// kept (runUid) fail with NotFound.
using Change = std::variant<RunRecord, RunTasks, RunStages, FirstErrorRecord, StepLogRecord, RolloutRecord>;

}  // namespace cerebral::history
