#include "core/history/record_run.h"

#include <algorithm>

#include "core/base/time_format.h"
#include "core/tekton/branch_ref.h"
#include "core/tekton/run_labels.h"

namespace cerebral::history {
namespace {

namespace labels = tekton::labels;

std::vector<NamedValue> valuesOf(const kube::PackedPairs& pairs) {
    std::vector<NamedValue> values;
    values.reserve(pairs.size());
    for (const auto& [name, value] : pairs) values.push_back({std::string(name), std::string(value)});
    return values;
}

std::string digestOf(std::string_view reference) {
    const std::size_t at = reference.find("@sha256:");
    return at == std::string_view::npos ? std::string() : std::string(reference.substr(at + 1));
}

void recordWish(const kube::ObjectMeta& meta, RunRow& row) {
    row.service = meta.label(labels::kService);
    row.branch = meta.label(labels::kBranch);
    row.commit = meta.label(labels::kCommit);
    row.trigger = meta.label(labels::kTrigger);
    row.before = meta.annotation(labels::kBefore);
    row.repository = meta.annotation(labels::kRepository);
    row.ref = meta.annotation(labels::kRef);
    row.message = meta.annotation(labels::kMessage);
    row.author = meta.annotation(labels::kAuthor);
    row.pusher = meta.annotation(labels::kPusher);
    row.delivery = meta.annotation(labels::kDelivery);
    row.compareUrl = meta.annotation(labels::kCompareUrl);
    row.requestId = meta.annotation(labels::kRequestId);
    row.requestedBy = meta.annotation(labels::kRequestedBy);
    row.rebuildReason = meta.annotation(labels::kReason);
    if (const auto received = parseRfc3339(meta.annotation(labels::kReceivedAt))) row.received = *received;
}

/// Tasks know no Completed; a task that was ignored has failed.
tekton::RunState stateOfTask(tekton::ConditionStatus condition, std::string_view reason) {
    using tekton::ConditionStatus;
    using tekton::RunState;
    switch (condition) {
        case ConditionStatus::Missing:
            return RunState::Pending;
        case ConditionStatus::Unknown:
            return tekton::isStuckReason(reason) ? RunState::Stuck : RunState::Running;
        case ConditionStatus::True:
            return RunState::Succeeded;
        case ConditionStatus::False:
            break;
    }
    if (reason == "TaskRunCancelled") return RunState::Cancelled;
    return reason == "TaskRunTimeout" ? RunState::TimedOut : RunState::Failed;
}

std::vector<StepRecord> stepsOf(const std::vector<tekton::Step>& steps) {
    std::vector<StepRecord> records;
    records.reserve(steps.size());
    for (const tekton::Step& step : steps) {
        records.push_back({step.name, step.container, step.startedAt, step.finishedAt, step.exitCode, step.reason});
    }
    return records;
}

}  // namespace

std::vector<TaskRecord> recordsOf(const tekton::TaskRun& taskRun) {
    std::vector<TaskRecord> records;
    TaskRecord common;
    common.pipelineTask = taskRun.pipelineTaskName();
    common.taskRun = taskRun.meta.name;
    common.uid = taskRun.meta.uid;
    const auto add = [&](const auto& attempt) {
        TaskRecord record = common;
        record.attempt = static_cast<int>(records.size());
        if (records.empty()) record.created = taskRun.meta.creationTimestamp;
        record.pod = attempt.podName;
        record.state = stateOfTask(attempt.condition, attempt.reason);
        record.reason = attempt.reason;
        record.message = attempt.message;
        record.started = attempt.startTime;
        record.finished = attempt.completionTime;
        record.steps = stepsOf(attempt.steps);
        records.push_back(std::move(record));
    };
    for (const tekton::RetriedAttempt& attempt : taskRun.retries) add(attempt);
    add(taskRun);
    return records;
}

FirstErrorRecord recordOf(const analysis::StepError& error, std::string runUid, std::string task, std::string step,
                          std::optional<int> exitCode, std::string explanation) {
    FirstErrorRecord record;
    record.runUid = std::move(runUid);
    record.task = std::move(task);
    record.step = std::move(step);
    record.exitCode = exitCode;
    record.explanation = std::move(explanation);
    record.fingerprint = error.fingerprint;
    record.normalised = error.normalised;
    record.errorNumber = static_cast<std::int64_t>(error.excerpt.errorNumber);
    record.totalLines = static_cast<std::int64_t>(error.excerpt.totalLines);
    record.excerptFirst = static_cast<std::int64_t>(error.excerpt.firstNumber);
    record.excerpt = error.excerpt.lines;
    return record;
}

analysis::RunFacts factsOf(const RunRecord& run) {
    analysis::RunFacts facts;
    facts.name = run.row.name;
    facts.service = run.row.service;
    // Its label is made safe: "feature-x" of "feature/x".
    facts.branch = tekton::branchNamedBy(run.row.ref).value_or(run.row.branch);
    facts.commit = run.row.commit;
    facts.compareUrl = run.row.compareUrl;
    facts.baseImage = run.row.baseImage;
    facts.baseDigest = run.row.baseDigest;
    facts.pipeline = run.row.pipeline;
    facts.serviceAccount = run.row.serviceAccount;
    for (const NamedValue& param : run.params) facts.params.push_back({param.name, param.value});
    facts.created = run.row.created;
    return facts;
}

RunRecord recordOf(const tekton::PipelineRun& run, std::string_view cluster) {
    RunRecord record;
    RunRow& row = record.row;
    row.uid = run.meta.uid;
    row.cluster = std::string(cluster);
    row.ns = run.meta.ns;
    row.name = run.meta.name;
    row.resourceVersion = run.meta.resourceVersion;
    recordWish(run.meta, row);
    row.pipeline = run.pipelineName;
    row.serviceAccount = run.serviceAccount;
    row.baseImage = run.param("base-image");
    row.baseDigest = digestOf(row.baseImage);
    row.imageDigest = run.result("image-digest");
    row.state = run.state();
    row.reason = run.reason;
    row.conditionMessage = run.message;
    row.created = run.meta.creationTimestamp.value_or(run.startTime.value_or(WallTime{}));
    row.started = run.startTime;
    row.finished = run.completionTime;
    record.params = valuesOf(run.params);
    record.results = valuesOf(run.results);
    return record;
}

StepLogRecord tailOf(std::string_view log, const LogLimits& limits, std::int64_t firstNumber) {
    StepLogRecord record;
    const bool open = !log.empty() && log.back() != '\n';
    const std::int64_t lines = std::count(log.begin(), log.end(), '\n') + (open ? 1 : 0);
    std::size_t begin = log.size();
    std::int64_t kept = 0;
    while (begin > 0 && kept < limits.lines) {
        const std::size_t feed = begin < 2 ? std::string_view::npos : log.rfind('\n', begin - 2);
        const std::size_t lineBegin = feed == std::string_view::npos ? 0 : feed + 1;
        if (log.size() - lineBegin > limits.bytes) break;
        begin = lineBegin;
        ++kept;
    }
    // A single line beyond the limit: its end is worth more than nothing.
    if (kept == 0 && lines > 0) {
        begin = log.size() - std::min(log.size(), limits.bytes);
        kept = 1;
    }
    record.totalLines = firstNumber - 1 + lines;
    record.firstNumber = firstNumber + lines - kept;
    record.bytes = std::string(log.substr(begin));
    return record;
}

}  // namespace cerebral::history
