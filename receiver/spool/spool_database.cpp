#include "receiver/spool/spool_database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <nlohmann/json.hpp>

namespace cerebral::receiver {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kKeepRuns{8 * 24};
constexpr std::chrono::hours kKeepManifests{48};
constexpr int kKeepDeliveries = 5000;
constexpr int kNotADatabase = 26;  // SQLITE_NOTADB
constexpr int kCorrupt = 11;       // SQLITE_CORRUPT

constexpr const char* kSchema = R"sql(
CREATE TABLE IF NOT EXISTS runs(
    seq INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    delivery TEXT NOT NULL,
    service TEXT NOT NULL,
    branch TEXT NOT NULL,
    repository TEXT NOT NULL,
    manifest TEXT NOT NULL,
    state INTEGER NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    added_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS runs_open ON runs(state) WHERE state < 2;
CREATE TABLE IF NOT EXISTS deliveries(
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    event TEXT NOT NULL,
    repository TEXT NOT NULL,
    ref TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    http_status INTEGER NOT NULL,
    latency_ms REAL NOT NULL,
    runs TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS deliveries_id ON deliveries(id);
PRAGMA user_version = 1;
)sql";

/// As readDelivery() reads them.
constexpr const char* kSelectDelivery =
    "SELECT id, received_at, event, repository, ref, status, reason, http_status, latency_ms, runs, after_commit "
    "FROM deliveries ";
constexpr const char* kHasAfter = "SELECT 1 FROM pragma_table_info('deliveries') WHERE name = 'after_commit'";

std::int64_t toMillis(WallTime time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}
WallTime fromMillis(std::int64_t millis) {
    return WallTime(std::chrono::duration_cast<WallTime::duration>(std::chrono::milliseconds(millis)));
}

template <class Work>
auto guarded(Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception& e) {
        return fail(ErrorKind::Io, std::string("spool: ") + e.what());
    }
}

}  // namespace

const char* toString(RunState state) noexcept {
    switch (state) {
        case RunState::Pending:
            return "queued";
        case RunState::Created:
        case RunState::Done:
            return "created";
        case RunState::Dead:
            return "refused";
    }
    return "queued";
}

class SpoolDatabase::Impl {
public:
    explicit Impl(const std::string& path) : db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0) {
        db.exec("PRAGMA locking_mode=EXCLUSIVE");
        db.exec("PRAGMA journal_mode=WAL");
        db.exec("PRAGMA synchronous=FULL");
        db.exec("PRAGMA cache_size=-512");
        db.exec(kSchema);
        // In which deliveries are kept without their commit, as kSchema still makes it.
        if (SQLite::Statement has(db, kHasAfter); !has.executeStep())
            db.exec("ALTER TABLE deliveries ADD COLUMN after_commit TEXT NOT NULL DEFAULT ''");
    }

    static DeliveryRecord readDelivery(SQLite::Statement& row) {
        DeliveryRecord record;
        record.id = row.getColumn(0).getString();
        record.receivedAt = fromMillis(row.getColumn(1).getInt64());
        record.event = row.getColumn(2).getString();
        record.repository = row.getColumn(3).getString();
        record.ref = row.getColumn(4).getString();
        record.status = row.getColumn(5).getString();
        record.reason = row.getColumn(6).getString();
        record.httpStatus = row.getColumn(7).getInt();
        record.latencyMs = row.getColumn(8).getDouble();
        record.runNames = nlohmann::json::parse(row.getColumn(9).getString()).get<std::vector<std::string>>();
        record.after = row.getColumn(10).getString();
        return record;
    }

    SQLite::Database db;
};

SpoolDatabase::SpoolDatabase(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SpoolDatabase::~SpoolDatabase() = default;

Result<std::unique_ptr<SpoolDatabase>> SpoolDatabase::open(const std::string& directory, std::string& movedAside) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) return fail(ErrorKind::Io, "the spool folder " + directory + " cannot be made: " + error.message());
    const std::string path = directory + "/spool.db";
    for (const bool again : {true, false}) {
        try {
            return std::unique_ptr<SpoolDatabase>(new SpoolDatabase(std::make_unique<Impl>(path)));
        } catch (const SQLite::Exception& e) {
            const bool broken = e.getErrorCode() == kNotADatabase || e.getErrorCode() == kCorrupt;
            if (!broken || !again) {
                return fail(ErrorKind::Io, "the spool " + path + " cannot be used (SPOOL_DIR): " + e.what());
            }
            movedAside = path + ".broken-" + std::to_string(toMillis(std::chrono::system_clock::now()));
            fs::rename(path, movedAside, error);
            fs::remove(path + "-wal", error);
        } catch (const std::exception& e) {
            return fail(ErrorKind::Io, "the spool " + path + " cannot be used: " + e.what());
        }
    }
    return fail(ErrorKind::Io, "the spool " + path + " cannot be used");
}

Result<void> SpoolDatabase::transact(const std::function<Result<void>()>& work) {
    return guarded([&]() -> Result<void> {
        SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
        if (auto done = work(); !done) return done;
        transaction.commit();
        return {};
    });
}

Result<Added> SpoolDatabase::add(const SpooledRun& run, WallTime now) {
    return guarded([&]() -> Result<Added> {
        SQLite::Statement held(impl_->db, "SELECT state FROM runs WHERE name = ?");
        held.bind(1, run.name);
        if (held.executeStep()) {
            const auto state = static_cast<RunState>(held.getColumn(0).getInt());
            if (state == RunState::Pending) return Added::AlreadyPending;
            if (state != RunState::Dead) return Added::AlreadyDone;
            SQLite::Statement rearm(
                impl_->db,
                "UPDATE runs SET state = 0, detail = '', manifest = ?, delivery = ?, added_at = ? "
                "WHERE name = ?");
            rearm.bind(1, run.manifest);
            rearm.bind(2, run.delivery);
            rearm.bind(3, toMillis(now));
            rearm.bind(4, run.name);
            rearm.exec();
            return Added::Rearmed;
        }
        SQLite::Statement insert(impl_->db,
                                 "INSERT INTO runs(name, delivery, service, branch, repository, manifest, state, "
                                 "added_at) VALUES(?, ?, ?, ?, ?, ?, 0, ?)");
        insert.bind(1, run.name);
        insert.bind(2, run.delivery);
        insert.bind(3, run.service);
        insert.bind(4, run.branch);
        insert.bind(5, run.repository);
        insert.bind(6, run.manifest);
        insert.bind(7, toMillis(now));
        insert.exec();
        return Added::New;
    });
}

Result<void> SpoolDatabase::mark(const std::string& name, RunState state, const std::string& detail) {
    return guarded([&]() -> Result<void> {
        SQLite::Statement update(impl_->db, "UPDATE runs SET state = ?, detail = ? WHERE name = ?");
        update.bind(1, static_cast<int>(state));
        update.bind(2, detail);
        update.bind(3, name);
        update.exec();
        return {};
    });
}

Result<void> SpoolDatabase::record(const DeliveryRecord& delivery) {
    return guarded([&]() -> Result<void> {
        SQLite::Statement insert(impl_->db,
                                 "INSERT INTO deliveries(id, received_at, event, repository, ref, status, reason, "
                                 "http_status, latency_ms, runs, after_commit) "
                                 "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert.bind(1, delivery.id);
        insert.bind(2, toMillis(delivery.receivedAt));
        insert.bind(3, delivery.event);
        insert.bind(4, delivery.repository);
        insert.bind(5, delivery.ref);
        insert.bind(6, delivery.status);
        insert.bind(7, delivery.reason);
        insert.bind(8, delivery.httpStatus);
        insert.bind(9, delivery.latencyMs);
        insert.bind(10, nlohmann::json(delivery.runNames).dump());
        insert.bind(11, delivery.after);
        insert.exec();
        return {};
    });
}

Result<void> SpoolDatabase::prune(WallTime now) {
    return guarded([&]() -> Result<void> {
        SQLite::Statement runs(impl_->db, "DELETE FROM runs WHERE state >= 2 AND added_at < ?");
        runs.bind(1, toMillis(now - kKeepRuns));
        runs.exec();
        SQLite::Statement manifests(
            impl_->db, "UPDATE runs SET manifest = '' WHERE state = 2 AND manifest <> '' AND added_at < ?");
        manifests.bind(1, toMillis(now - kKeepManifests));
        manifests.exec();
        SQLite::Statement history(impl_->db,
                                  "DELETE FROM deliveries WHERE seq <= (SELECT max(seq) FROM deliveries) - ?");
        history.bind(1, kKeepDeliveries);
        history.exec();
        return {};
    });
}

Result<std::vector<SpooledRun>> SpoolDatabase::unfinished() {
    return guarded([&]() -> Result<std::vector<SpooledRun>> {
        std::vector<SpooledRun> runs;
        SQLite::Statement row(impl_->db,
                              "SELECT name, delivery, service, branch, repository, state FROM runs WHERE state < 2 "
                              "ORDER BY seq");
        while (row.executeStep()) {
            runs.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString(),
                            row.getColumn(3).getString(), row.getColumn(4).getString(), std::string(),
                            static_cast<RunState>(row.getColumn(5).getInt()), std::string()});
        }
        return runs;
    });
}

Result<std::size_t> SpoolDatabase::countPending() {
    return guarded([&]() -> Result<std::size_t> {
        SQLite::Statement row(impl_->db, "SELECT count(*) FROM runs WHERE state < 2 AND state = 0");
        row.executeStep();
        return static_cast<std::size_t>(row.getColumn(0).getInt64());
    });
}

Result<std::optional<SpooledRun>> SpoolDatabase::find(const std::string& name) {
    return guarded([&]() -> Result<std::optional<SpooledRun>> {
        SQLite::Statement row(impl_->db,
                              "SELECT name, delivery, service, branch, repository, manifest, state, detail FROM runs "
                              "WHERE name = ?");
        row.bind(1, name);
        if (!row.executeStep()) return std::optional<SpooledRun>();
        return std::optional<SpooledRun>(
            {row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString(),
             row.getColumn(3).getString(), row.getColumn(4).getString(), row.getColumn(5).getString(),
             static_cast<RunState>(row.getColumn(6).getInt()), row.getColumn(7).getString()});
    });
}

Result<std::vector<DeliveryRecord>> SpoolDatabase::deliveries(std::size_t limit) {
    return guarded([&]() -> Result<std::vector<DeliveryRecord>> {
        std::vector<DeliveryRecord> records;
        SQLite::Statement row(impl_->db, std::string(kSelectDelivery) + "ORDER BY seq DESC LIMIT ?");
        row.bind(1, static_cast<std::int64_t>(limit));
        while (row.executeStep()) records.push_back(Impl::readDelivery(row));
        return records;
    });
}

Result<std::optional<DeliveryRecord>> SpoolDatabase::delivery(const std::string& id) {
    return guarded([&]() -> Result<std::optional<DeliveryRecord>> {
        SQLite::Statement row(impl_->db, std::string(kSelectDelivery) + "WHERE id = ? ORDER BY seq DESC LIMIT 1");
        row.bind(1, id);
        if (!row.executeStep()) return std::optional<DeliveryRecord>();
        return std::optional<DeliveryRecord>(Impl::readDelivery(row));
    });
}

}  // namespace cerebral::receiver
