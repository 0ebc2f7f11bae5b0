#pragma once
/// @file Applies changes to the tables, a batch in one transaction. Internal to this folder; writer thread only.

#include <span>
#include <vector>

#include "core/history/records.h"
#include "core/history/sqlite_support.h"

namespace cerebral::history {

class ChangeWriter {
public:
    /// Prepares its statements; throws SQLite::Exception. `database` must outlive it.
    explicit ChangeWriter(SQLite::Database& database);

    /// What became of each change, or why the whole batch was rolled back. A change that is refused by itself
    /// (NotFound) does not spoil the others.
    Result<std::vector<Result<void>>> write(std::span<const Change* const> batch);

private:
    Result<void> apply(const RunRecord& record);
    Result<void> apply(const RunTasks& update);
    Result<void> apply(const RunStages& update);
    Result<void> apply(const FirstErrorRecord& record);
    Result<void> apply(const StepLogRecord& record);
    Result<void> apply(const RolloutRecord& record);

    [[nodiscard]] std::int64_t upsert(const RunRow& row);
    void replaceValues(std::int64_t run, const RunRecord& record);
    void replaceTasks(std::int64_t run, const std::vector<TaskRecord>& tasks);
    void replaceStages(std::int64_t run, const std::vector<StageRecord>& stages);
    [[nodiscard]] Result<std::int64_t> idOf(const std::string& runUid);

    SQLite::Database& database_;
    SQLite::Statement findRun_;
    SQLite::Statement upsertRun_;
    SQLite::Statement dropValues_;
    SQLite::Statement addValue_;
    SQLite::Statement dropTasks_;
    SQLite::Statement addTask_;
    SQLite::Statement addStep_;
    SQLite::Statement dropStages_;
    SQLite::Statement addStage_;
    SQLite::Statement putFirstError_;
    SQLite::Statement putLog_;
    SQLite::Statement putRollout_;
};

}  // namespace cerebral::history
