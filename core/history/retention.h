#pragma once
/// @file Keeps the history within its age and size, in slices so short that writing never waits long.
/// Internal to this folder; writer thread only.

#include <chrono>
#include <cstdint>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/history/sqlite_support.h"

namespace cerebral::history {

struct RetentionLimits {
    std::chrono::hours age{24 * 180};
    std::int64_t bytes = std::int64_t{256} * 1024 * 1024;
};

class Retention {
public:
    /// Throws SQLite::Exception. `database` must outlive it.
    Retention(SQLite::Database& database, RetentionLimits limits);

    /// One short transaction. True when there may be more to do. Order: runs and rollouts that are too old; while the
    /// file is too big the oldest logs, then the oldest runs; then free pages go back to the file system.
    Result<bool> slice(WallTime now);

private:
    [[nodiscard]] std::int64_t pragma(const char* query);
    [[nodiscard]] bool dropOld(std::int64_t before);
    [[nodiscard]] bool dropForSize();
    [[nodiscard]] bool giveBackPages();

    SQLite::Database& database_;
    RetentionLimits limits_;
    SQLite::Statement dropOldRuns_;
    SQLite::Statement dropOldRollouts_;
    SQLite::Statement dropOldestLogs_;
    SQLite::Statement dropOldestRuns_;
};

}  // namespace cerebral::history
