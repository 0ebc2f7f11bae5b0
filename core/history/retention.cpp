#include "core/history/retention.h"

namespace cerebral::history {
namespace {
/// Free pages below this are left for the next rows.
constexpr std::int64_t kFreePagesKept = 64;
}  // namespace

Retention::Retention(SQLite::Database& database, RetentionLimits limits)
    : database_(database),
      limits_(limits),
      dropOldRuns_(database,
                   "DELETE FROM runs WHERE id IN (SELECT id FROM runs WHERE coalesce(finished_ms, created_ms) < ? "
                   "ORDER BY coalesce(finished_ms, created_ms) LIMIT 50)"),
      dropOldRollouts_(database,
                       "DELETE FROM rollouts WHERE id IN (SELECT id FROM rollouts WHERE began_ms < ? LIMIT 200)"),
      dropOldestLogs_(database, "DELETE FROM step_logs WHERE id IN (SELECT id FROM step_logs ORDER BY id LIMIT 10)"),
      dropOldestRuns_(
          database,
          "DELETE FROM runs WHERE id IN (SELECT id FROM runs ORDER BY coalesce(finished_ms, created_ms) LIMIT 50)") {}

std::int64_t Retention::pragma(const char* query) {
    SQLite::Statement statement(database_, query);
    return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
}

bool Retention::dropOld(std::int64_t before) {
    const int runs = bindAll(dropOldRuns_, before).exec();
    return runs + bindAll(dropOldRollouts_, before).exec() > 0;
}

bool Retention::dropForSize() {
    const std::int64_t used = pragma("PRAGMA page_count") - pragma("PRAGMA freelist_count");
    if (used * pragma("PRAGMA page_size") <= limits_.bytes) return false;
    return bindAll(dropOldestLogs_).exec() > 0 || bindAll(dropOldestRuns_).exec() > 0;
}

bool Retention::giveBackPages() {
    const std::int64_t before = pragma("PRAGMA freelist_count");
    if (before <= kFreePagesKept) return false;
    SQLite::Statement vacuum(database_, "PRAGMA incremental_vacuum(256)");
    while (vacuum.executeStep()) {
    }
    return pragma("PRAGMA freelist_count") < before;
}

Result<bool> Retention::slice(WallTime now) {
    return guarded("dropping what is old",
                   [&] { return dropOld(toMillis(now - limits_.age)) || dropForSize() || giveBackPages(); });
}

}  // namespace cerebral::history
