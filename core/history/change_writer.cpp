#include "core/history/change_writer.h"

#include "core/history/run_columns.h"

namespace cerebral::history {
namespace {

/// "a = excluded.a, b = excluded.b" for a list of columns.
std::string takeExcluded(std::string_view columns) {
    std::string assignments;
    while (!columns.empty()) {
        const std::size_t comma = columns.find(", ");
        const std::string column(columns.substr(0, comma));
        if (!assignments.empty()) assignments += ", ";
        // What was found out about the base image once is not forgotten by a source that does not know it.
        assignments +=
            column == "base_digest"
                ? "base_digest = CASE excluded.base_digest WHEN '' THEN base_digest ELSE excluded.base_digest END"
                : column + " = excluded." + column;
        columns = comma == std::string_view::npos ? std::string_view{} : columns.substr(comma + 2);
    }
    return assignments;
}

std::string upsertRunQuery() {
    std::string marks = "?";
    for (const char* c = kRunColumns; *c != '\0'; ++c) {
        if (*c == ',') marks += ", ?";
    }
    return std::string("INSERT INTO runs (") + kRunColumns + ") VALUES (" + marks +
           ") ON CONFLICT (uid) DO UPDATE SET " + takeExcluded(kRunColumns) + " RETURNING id";
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    return text;
}

std::string errorLineOf(const FirstErrorRecord& record) {
    const std::int64_t index = record.errorNumber - record.excerptFirst;
    if (index < 0 || index >= static_cast<std::int64_t>(record.excerpt.size())) return record.normalised;
    return record.excerpt[static_cast<std::size_t>(index)];
}

}  // namespace

ChangeWriter::ChangeWriter(SQLite::Database& database)
    : database_(database),
      findRun_(database, "SELECT id, resource_version, base_digest FROM runs WHERE uid = ?"),
      upsertRun_(database, upsertRunQuery()),
      dropValues_(database, "DELETE FROM run_values WHERE run_id = ?"),
      addValue_(database, "INSERT INTO run_values (run_id, kind, position, name, value) VALUES (?, ?, ?, ?, ?)"),
      dropTasks_(database, "DELETE FROM tasks WHERE run_id = ?"),
      addTask_(
          database,
          "INSERT INTO tasks (run_id, position, pipeline_task, task_run, uid, pod, state, reason, message, attempt, "
          "created_ms, scheduled_ms, started_ms, finished_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      addStep_(database,
               "INSERT INTO steps (task_id, position, name, container, started_ms, finished_ms, exit_code, reason) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      dropStages_(database, "DELETE FROM stages WHERE run_id = ?"),
      addStage_(
          database,
          "INSERT INTO stages (run_id, position, stage, began_ms, ended_ms, outcome) VALUES (?, ?, ?, ?, ?, ?)"),
      putFirstError_(database,
                     "INSERT OR REPLACE INTO first_errors (run_id, task, step, exit_code, explanation, fingerprint, "
                     "normalised, error_line, error_number, total_lines, excerpt_first, excerpt) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      putLog_(database,
              "INSERT OR REPLACE INTO step_logs (run_id, task, step, first_number, total_lines, bytes) "
              "VALUES (?, ?, ?, ?, ?, ?)"),
      putRollout_(database,
                  "INSERT OR REPLACE INTO rollouts (deployment_uid, revision, cluster, namespace, deployment, image, "
                  "digest, commit_sha, run_uid, state, message, pods_wanted, pods_ready, began_ms, ended_ms) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

Result<std::vector<Result<void>>> ChangeWriter::write(std::span<const Change* const> batch) {
    return guarded("writing", [&] {
        std::vector<Result<void>> outcomes;
        outcomes.reserve(batch.size());
        SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
        for (const Change* change : batch) {
            outcomes.push_back(std::visit([this](const auto& record) { return apply(record); }, *change));
        }
        transaction.commit();
        return outcomes;
    });
}

Result<std::int64_t> ChangeWriter::idOf(const std::string& runUid) {
    bindAll(findRun_, runUid);
    const bool found = findRun_.executeStep();
    const std::int64_t id = found ? findRun_.getColumn(0).getInt64() : 0;
    findRun_.reset();
    if (!found) return fail(ErrorKind::NotFound, "history: no run " + runUid + " is kept");
    return id;
}

std::int64_t ChangeWriter::upsert(const RunRow& row) {
    withRunFields(row, [this](const auto&... fields) { bindAll(upsertRun_, fields...); });
    upsertRun_.executeStep();
    const std::int64_t id = upsertRun_.getColumn(0).getInt64();
    upsertRun_.reset();
    return id;
}

Result<void> ChangeWriter::apply(const RunRecord& record) {
    const RunRow& row = record.row;
    bindAll(findRun_, row.uid);
    std::int64_t id = 0;
    bool unchanged = false;
    if (findRun_.executeStep()) {
        RowReader reader(findRun_);
        id = reader.integer();
        unchanged = !row.resourceVersion.empty() && reader.text() == row.resourceVersion;
        unchanged = unchanged && (row.baseDigest.empty() || reader.text() == row.baseDigest);
    }
    findRun_.reset();
    if (!unchanged) {
        id = upsert(row);
        replaceValues(id, record);
    }
    if (!record.tasks.empty()) replaceTasks(id, record.tasks);
    if (!record.stages.empty()) replaceStages(id, record.stages);
    return {};
}

void ChangeWriter::replaceValues(std::int64_t run, const RunRecord& record) {
    bindAll(dropValues_, run).exec();
    const auto add = [&](const char* kind, const std::vector<NamedValue>& values) {
        std::int64_t position = 0;
        for (const NamedValue& value : values)
            bindAll(addValue_, run, kind, position++, value.name, value.value).exec();
    };
    add("param", record.params);
    add("result", record.results);
}

void ChangeWriter::replaceTasks(std::int64_t run, const std::vector<TaskRecord>& tasks) {
    bindAll(dropTasks_, run).exec();
    std::int64_t position = 0;
    for (const TaskRecord& task : tasks) {
        bindAll(addTask_, run, position++, task.pipelineTask, task.taskRun, task.uid, task.pod,
                tekton::toString(task.state), task.reason, task.message, task.attempt, task.created, task.scheduled,
                task.started, task.finished)
            .exec();
        const std::int64_t id = database_.getLastInsertRowid();
        std::int64_t stepPosition = 0;
        for (const StepRecord& step : task.steps) {
            bindAll(addStep_, id, stepPosition++, step.name, step.container, step.started, step.finished,
                    step.exitCode, step.reason)
                .exec();
        }
    }
}

void ChangeWriter::replaceStages(std::int64_t run, const std::vector<StageRecord>& stages) {
    bindAll(dropStages_, run).exec();
    std::int64_t position = 0;
    for (const StageRecord& stage : stages) {
        bindAll(addStage_, run, position++, stage.stage, stage.began, stage.ended, stage.outcome).exec();
    }
}

Result<void> ChangeWriter::apply(const RunTasks& update) {
    const auto id = idOf(update.runUid);
    if (!id) return fail(id.error());
    replaceTasks(*id, update.tasks);
    return {};
}

Result<void> ChangeWriter::apply(const RunStages& update) {
    const auto id = idOf(update.runUid);
    if (!id) return fail(id.error());
    replaceStages(*id, update.stages);
    return {};
}

Result<void> ChangeWriter::apply(const FirstErrorRecord& record) {
    const auto id = idOf(record.runUid);
    if (!id) return fail(id.error());
    bindAll(putFirstError_, *id, record.task, record.step, record.exitCode, record.explanation, record.fingerprint,
            record.normalised, errorLineOf(record), record.errorNumber, record.totalLines, record.excerptFirst,
            joined(record.excerpt))
        .exec();
    return {};
}

Result<void> ChangeWriter::apply(const StepLogRecord& record) {
    const auto id = idOf(record.runUid);
    if (!id) return fail(id.error());
    bindAll(putLog_, *id, record.task, record.step, record.firstNumber, record.totalLines);
    putLog_.bind(6, record.bytes.data(), static_cast<int>(record.bytes.size()));
    putLog_.exec();
    return {};
}

Result<void> ChangeWriter::apply(const RolloutRecord& record) {
    bindAll(putRollout_, record.deploymentUid, record.revision, record.cluster, record.ns, record.deployment,
            record.image, record.digest, record.commit, record.runUid, record.state, record.message,
            record.podsWanted, record.podsReady, record.began, record.ended)
        .exec();
    return {};
}

}  // namespace cerebral::history
