#pragma once
/// @file The tables of the history and how a file of an older version becomes one of today's.
///
/// The version of a file is its `user_version`. Each migration takes it one version up in a transaction of its own,
/// so a kill in between leaves the older version whole. A published migration is never edited; a new one is added.

#include <span>
#include <string_view>

#include "core/base/result.h"

namespace SQLite {
class Database;
}

namespace cerebral::history {

/// Index i holds the statements that lead from version i to i + 1.
[[nodiscard]] std::span<const std::string_view> migrations();
[[nodiscard]] int schemaVersion();

/// Brings `database` up to `steps.size()`. A file that is newer fails with Unsupported and is not touched; a
/// database that is not a history at all fails with Config.
Result<void> migrate(SQLite::Database& database, std::span<const std::string_view> steps);

}  // namespace cerebral::history
