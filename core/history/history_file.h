#pragma once
/// @file Opening the history's file, whatever state it is in. Internal to this folder.
///
/// Openings are serialised over processes by a lock on FILE.lock. A damaged file is moved to
/// FILE.damaged-TIME (the newest two are kept) and a new one begun; damage that shows later is remembered in
/// FILE.suspect, and the next opening checks the whole file. Files are readable by their owner alone, since logs
/// may hold what should not be in them.

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/history/sqlite_support.h"

namespace cerebral::history {

struct OpenedFile {
    SQLite::Database database;
    std::optional<std::string> notice;  ///< for people: what was set aside, and where it is now
};
[[nodiscard]] Result<OpenedFile> openHistoryFile(const std::filesystem::path& file, WallTime now);

/// A further connection to a file that openHistoryFile() has prepared.
[[nodiscard]] Result<SQLite::Database> openForReading(const std::filesystem::path& file);

/// Have the next opening check the whole file.
void markSuspect(const std::filesystem::path& file);

}  // namespace cerebral::history
