#include "core/history/history_reader.h"

#include "core/history/reader_connection.h"

namespace cerebral::history {
namespace {

constexpr const char* kGreen = " AND runs.state IN ('succeeded', 'completed')";

std::vector<std::string> splitExcerpt(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

TaskRecord readTask(RowReader& reader) {
    TaskRecord task;
    task.pipelineTask = reader.text();
    task.taskRun = reader.text();
    task.uid = reader.text();
    task.pod = reader.text();
    task.state = stateOf(reader.text());
    task.reason = reader.text();
    task.message = reader.text();
    task.attempt = reader.small();
    task.created = reader.maybeTime();
    task.scheduled = reader.maybeTime();
    task.started = reader.maybeTime();
    task.finished = reader.maybeTime();
    return task;
}

StepRecord readStep(RowReader& reader) {
    StepRecord step;
    step.name = reader.text();
    step.container = reader.text();
    step.started = reader.maybeTime();
    step.finished = reader.maybeTime();
    step.exitCode = reader.maybeSmall();
    step.reason = reader.text();
    return step;
}

RolloutRecord readRollout(RowReader& reader) {
    RolloutRecord rollout;
    rollout.deploymentUid = reader.text();
    rollout.revision = reader.integer();
    rollout.cluster = reader.text();
    rollout.ns = reader.text();
    rollout.deployment = reader.text();
    rollout.image = reader.text();
    rollout.digest = reader.text();
    rollout.commit = reader.text();
    rollout.runUid = reader.text();
    rollout.state = reader.text();
    rollout.message = reader.text();
    rollout.podsWanted = reader.small();
    rollout.podsReady = reader.small();
    rollout.began = reader.time();
    rollout.ended = reader.maybeTime();
    return rollout;
}

/// Everything of the one run a query over table runs finds.
template <class Connection>
std::optional<RunRecord> readWhole(Connection& connection, const Query& conditions) {
    Query query;
    query.sql = std::string("SELECT id, ") + kRunColumns + " FROM runs WHERE " + conditions.sql;
    query.values = conditions.values;
    SQLite::Statement& found = connection.prepare(query);
    if (!found.executeStep()) return std::nullopt;
    RowReader row(found);
    const std::int64_t id = row.integer();
    RunRecord record;
    record.row = readRun(row);

    const auto each = [&](const char* sql, std::int64_t key, auto&& use) {
        SQLite::Statement& statement = connection.prepare({sql, {key}});
        while (statement.executeStep()) {
            RowReader reader(statement);
            use(reader);
        }
    };
    each("SELECT kind, name, value FROM run_values WHERE run_id = ? ORDER BY kind, position", id,
         [&](RowReader& reader) {
             std::vector<NamedValue>& values = reader.text() == "param" ? record.params : record.results;
             std::string name = reader.text();
             values.push_back({std::move(name), reader.text()});
         });
    std::vector<std::int64_t> ids;
    each(
        "SELECT id, pipeline_task, task_run, uid, pod, state, reason, message, attempt, created_ms, scheduled_ms, "
        "started_ms, finished_ms FROM tasks WHERE run_id = ? ORDER BY position",
        id, [&](RowReader& reader) {
            ids.push_back(reader.integer());
            record.tasks.push_back(readTask(reader));
        });
    for (std::size_t i = 0; i < ids.size(); ++i) {
        each(
            "SELECT name, container, started_ms, finished_ms, exit_code, reason FROM steps WHERE task_id = ? "
            "ORDER BY position",
            ids[i], [&](RowReader& reader) { record.tasks[i].steps.push_back(readStep(reader)); });
    }
    each("SELECT stage, began_ms, ended_ms, outcome FROM stages WHERE run_id = ? ORDER BY position", id,
         [&](RowReader& reader) {
             StageRecord stage;
             stage.stage = reader.text();
             stage.began = reader.maybeTime();
             stage.ended = reader.maybeTime();
             stage.outcome = reader.text();
             record.stages.push_back(std::move(stage));
         });
    return record;
}

}  // namespace

HistoryReader::HistoryReader(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
HistoryReader::~HistoryReader() = default;

Result<std::unique_ptr<HistoryReader>> HistoryReader::open(const std::filesystem::path& file) {
    auto database = openForReading(file);
    if (!database) return fail(std::move(database.error()));
    auto connection = std::make_unique<Connection>(file, std::move(*database));
    return std::unique_ptr<HistoryReader>(new HistoryReader(std::move(connection)));
}

Result<RunPage> HistoryReader::runs(const RunFilter& filter, int limit, const std::optional<PageCursor>& after) {
    return connection_->ask("reading runs", [&] {
        Query query;
        query.sql = std::string("SELECT id, ") + kRunColumns + " FROM runs WHERE ";
        addConditions(query, filter);
        if (after) query.add(" AND (runs.created_ms, runs.id) < (?, ?)", after->createdMillis, after->row);
        query.add(" ORDER BY runs.created_ms DESC, runs.id DESC LIMIT ?", std::int64_t{limit} + 1);
        SQLite::Statement& statement = connection_->prepare(query);
        RunPage page;
        std::int64_t lastId = 0;
        while (statement.executeStep()) {
            if (page.rows.size() == static_cast<std::size_t>(limit)) {
                page.next = PageCursor{toMillis(page.rows.back().created), lastId};
                break;
            }
            RowReader reader(statement);
            lastId = reader.integer();
            page.rows.push_back(readRun(reader));
        }
        return page;
    });
}

Result<std::int64_t> HistoryReader::countRuns(const RunFilter& filter) {
    return connection_->ask("counting runs", [&] {
        Query query;
        query.add("SELECT count(*) FROM runs WHERE ");
        addConditions(query, filter);
        SQLite::Statement& statement = connection_->prepare(query);
        statement.executeStep();
        return statement.getColumn(0).getInt64();
    });
}

Result<std::optional<RunRecord>> HistoryReader::run(const std::string& uid) {
    return connection_->ask("reading a run", [&] {
        Query query;
        query.add("uid = ?", uid);
        return readWhole(*connection_, query);
    });
}

Result<std::optional<RunRecord>> HistoryReader::runNamed(const std::string& cluster, const std::string& ns,
                                                         const std::string& name) {
    return connection_->ask("reading a run", [&] {
        Query query;
        query.add("cluster = ? AND namespace = ? AND name = ? ORDER BY created_ms DESC LIMIT 1", cluster, ns, name);
        return readWhole(*connection_, query);
    });
}

Result<std::optional<RunRecord>> HistoryReader::lastGreenBefore(const std::string& cluster,
                                                                const std::string& service, const std::string& branch,
                                                                WallTime time) {
    return connection_->ask("looking for the last green run", [&] {
        RunFilter filter;
        filter.cluster = cluster;
        filter.service = service;
        filter.branch = branch;
        filter.before = time;
        Query query;
        addConditions(query, filter);
        query.add(kGreen);
        query.add(" ORDER BY created_ms DESC, id DESC LIMIT 1");
        return readWhole(*connection_, query);
    });
}

Result<std::vector<FirstErrorRecord>> HistoryReader::firstErrors(const std::string& runUid) {
    return connection_->ask("reading first errors", [&] {
        std::vector<FirstErrorRecord> records;
        SQLite::Statement& statement = connection_->prepare(
            {"SELECT task, step, exit_code, explanation, fingerprint, normalised, error_number, total_lines, "
             "excerpt_first, excerpt FROM first_errors JOIN runs ON runs.id = run_id WHERE uid = ? ORDER BY task, "
             "step",
             {runUid}});
        while (statement.executeStep()) {
            RowReader reader(statement);
            FirstErrorRecord record;
            record.runUid = runUid;
            record.task = reader.text();
            record.step = reader.text();
            record.exitCode = reader.maybeSmall();
            record.explanation = reader.text();
            record.fingerprint = reader.text();
            record.normalised = reader.text();
            record.errorNumber = reader.integer();
            record.totalLines = reader.integer();
            record.excerptFirst = reader.integer();
            record.excerpt = splitExcerpt(reader.text());
            records.push_back(std::move(record));
        }
        return records;
    });
}

Result<std::optional<StepLogRecord>> HistoryReader::stepLog(const std::string& runUid, const std::string& task,
                                                            const std::string& step) {
    return connection_->ask("reading a log", [&]() -> std::optional<StepLogRecord> {
        SQLite::Statement& statement = connection_->prepare(
            {"SELECT first_number, total_lines, bytes FROM step_logs JOIN runs ON runs.id = run_id "
             "WHERE uid = ? AND task = ? AND step = ?",
             {runUid, task, step}});
        if (!statement.executeStep()) return std::nullopt;
        RowReader reader(statement);
        StepLogRecord record;
        record.runUid = runUid;
        record.task = task;
        record.step = step;
        record.firstNumber = reader.integer();
        record.totalLines = reader.integer();
        record.bytes = reader.text();
        return record;
    });
}

Result<std::vector<RolloutRecord>> HistoryReader::rollouts(const std::string& cluster, const std::string& ns,
                                                           const std::string& deployment, int limit) {
    return connection_->ask("reading rollouts", [&] {
        Query query;
        query.add(
            "SELECT deployment_uid, revision, cluster, namespace, deployment, image, digest, commit_sha, run_uid, "
            "state, "
            "message, pods_wanted, pods_ready, began_ms, ended_ms FROM rollouts WHERE cluster = ? AND namespace = ?",
            cluster, ns);
        if (!deployment.empty()) query.add(" AND deployment = ?", deployment);
        query.add(" ORDER BY began_ms DESC, revision DESC LIMIT ?", std::int64_t{limit});
        SQLite::Statement& statement = connection_->prepare(query);
        std::vector<RolloutRecord> records;
        while (statement.executeStep()) {
            RowReader reader(statement);
            records.push_back(readRollout(reader));
        }
        return records;
    });
}

}  // namespace cerebral::history
