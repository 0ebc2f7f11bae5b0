#include "core/history/schema.h"

#include <array>
#include <string>

#include "core/history/sqlite_support.h"

namespace cerebral::history {
namespace {

/// "CbHi": tells a history from somebody else's SQLite file.
constexpr int kApplicationId = 0x43624869;

constexpr std::string_view kVersion1 = R"sql(
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    cluster TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    resource_version TEXT NOT NULL,
    service TEXT NOT NULL,
    branch TEXT NOT NULL,
    commit_sha TEXT NOT NULL,
    before_sha TEXT NOT NULL,
    trigger_kind TEXT NOT NULL,
    repository TEXT NOT NULL,
    ref TEXT NOT NULL,
    message TEXT NOT NULL,
    author TEXT NOT NULL,
    pusher TEXT NOT NULL,
    delivery TEXT NOT NULL,
    compare_url TEXT NOT NULL,
    request_id TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    rebuild_reason TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    service_account TEXT NOT NULL,
    base_image TEXT NOT NULL,
    base_digest TEXT NOT NULL,
    image_digest TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    condition_message TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    received_ms INTEGER,
    started_ms INTEGER,
    finished_ms INTEGER
) STRICT;
CREATE INDEX runs_by_creation ON runs (cluster, created_ms);
CREATE INDEX runs_by_service ON runs (cluster, service, created_ms);
CREATE INDEX runs_by_commit ON runs (commit_sha);
CREATE INDEX runs_by_end ON runs (coalesce(finished_ms, created_ms));

CREATE TABLE run_values (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('param', 'result')),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run_id, kind, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    pipeline_task TEXT NOT NULL,
    task_run TEXT NOT NULL,
    uid TEXT NOT NULL,
    pod TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    created_ms INTEGER,
    scheduled_ms INTEGER,
    started_ms INTEGER,
    finished_ms INTEGER,
    UNIQUE (run_id, position)
) STRICT;

CREATE TABLE steps (
    task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    container TEXT NOT NULL,
    started_ms INTEGER,
    finished_ms INTEGER,
    exit_code INTEGER,
    reason TEXT NOT NULL,
    PRIMARY KEY (task_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE stages (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    stage TEXT NOT NULL,
    began_ms INTEGER,
    ended_ms INTEGER,
    outcome TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE first_errors (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    task TEXT NOT NULL,
    step TEXT NOT NULL,
    exit_code INTEGER,
    explanation TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    normalised TEXT NOT NULL,
    error_line TEXT NOT NULL,
    error_number INTEGER NOT NULL,
    total_lines INTEGER NOT NULL,
    excerpt_first INTEGER NOT NULL,
    excerpt TEXT NOT NULL,
    PRIMARY KEY (run_id, task, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX first_errors_by_fingerprint ON first_errors (fingerprint);

CREATE TABLE step_logs (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    task TEXT NOT NULL,
    step TEXT NOT NULL,
    first_number INTEGER NOT NULL,
    total_lines INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (run_id, task, step)
) STRICT;

CREATE TABLE rollouts (
    id INTEGER PRIMARY KEY,
    deployment_uid TEXT NOT NULL,
    revision INTEGER NOT NULL,
    cluster TEXT NOT NULL,
    namespace TEXT NOT NULL,
    deployment TEXT NOT NULL,
    image TEXT NOT NULL,
    digest TEXT NOT NULL,
    commit_sha TEXT NOT NULL,
    run_uid TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT NOT NULL,
    pods_wanted INTEGER NOT NULL,
    pods_ready INTEGER NOT NULL,
    began_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    UNIQUE (deployment_uid, revision)
) STRICT;
CREATE INDEX rollouts_by_deployment ON rollouts (cluster, namespace, deployment, began_ms);
CREATE INDEX rollouts_by_beginning ON rollouts (began_ms);
)sql";

constexpr std::array<std::string_view, 1> kMigrations = {kVersion1};

int pragma(SQLite::Database& database, const char* query) {
    SQLite::Statement statement(database, query);
    return statement.executeStep() ? statement.getColumn(0).getInt() : 0;
}

void stepUp(SQLite::Database& database, std::string_view statements, std::size_t version) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::EXCLUSIVE);
    // Another process may have been here between our look and our lock.
    if (pragma(database, "PRAGMA user_version") != static_cast<int>(version)) return;
    database.exec(std::string(statements));
    database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    database.exec("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.commit();
}

}  // namespace

std::span<const std::string_view> migrations() {
    return kMigrations;
}

int schemaVersion() {
    return static_cast<int>(kMigrations.size());
}

Result<void> migrate(SQLite::Database& database, std::span<const std::string_view> steps) {
    int found = 0;
    bool foreign = false;
    auto looked = guarded("reading the version", [&] {
        found = pragma(database, "PRAGMA user_version");
        const bool ours = pragma(database, "PRAGMA application_id") == kApplicationId;
        foreign = !ours && pragma(database, "SELECT count(*) FROM sqlite_master") > 0;
    });
    if (!looked) return looked;
    if (foreign) return fail(ErrorKind::Config, "history: the file is a database of another program");
    const int wanted = static_cast<int>(steps.size());
    if (found > wanted) {
        return fail(ErrorKind::Unsupported,
                    "history: the file was written by a newer version of this program (format " +
                        std::to_string(found) + ", this one knows " + std::to_string(wanted) +
                        "); update this program or choose another file");
    }
    for (auto version = static_cast<std::size_t>(found); version < steps.size(); ++version) {
        auto stepped = guarded("bringing the file to format " + std::to_string(version + 1),
                               [&] { stepUp(database, steps[version], version); });
        if (!stepped) return stepped;
    }
    return {};
}

}  // namespace cerebral::history
