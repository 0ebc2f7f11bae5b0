#include "core/history/history_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

#include "core/base/time_format.h"
#include "core/history/schema.h"

namespace cerebral::history {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMillis = 5'000;
constexpr std::size_t kDamagedFilesKept = 2;

fs::path beside(const fs::path& file, std::string_view suffix) {
    fs::path other = file;
    other += suffix;
    return other;
}

/// An exclusive lock on a file of its own for as long as it lives; released by the kernel after a kill.
class FileLock {
public:
    explicit FileLock(const fs::path& path) : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        while (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    ~FileLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    [[nodiscard]] bool held() const { return descriptor_ >= 0; }

private:
    int descriptor_;
};

Result<void> makeOwnersFile(const fs::path& file) {
    std::error_code error;
    const fs::path folder = file.parent_path();
    if (!folder.empty() && !fs::exists(folder, error)) {
        fs::create_directories(folder, error);
        if (!error) fs::permissions(folder, fs::perms::owner_all, error);
        if (error) return fail(ErrorKind::Io, "history: cannot make " + folder.string() + ": " + error.message());
    }
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return fail(ErrorKind::Io, "history: cannot open " + file.string() + ": " + std::strerror(errno));
    }
    ::close(descriptor);
    return {};
}

std::string firstText(SQLite::Database& database, const char* query) {
    SQLite::Statement statement(database, query);
    return statement.executeStep() ? statement.getColumn(0).getString() : std::string();
}

/// Malformed when the file is no database or not a whole one.
Result<void> check(SQLite::Database& database, bool thoroughly) {
    std::string verdict = "ok";
    auto looked = guarded("checking the file", [&] {
        (void)firstText(database, "SELECT group_concat(sql) FROM sqlite_master");
        if (thoroughly) verdict = firstText(database, "PRAGMA integrity_check(1)");
    });
    if (!looked) return looked;
    if (verdict != "ok") return fail(ErrorKind::Malformed, "history: the file is damaged: " + verdict);
    return {};
}

Result<SQLite::Database> connect(const fs::path& file) {
    return guarded("opening " + file.string(), [&] {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOFOLLOW, kBusyMillis);
        database.exec("PRAGMA foreign_keys = ON");
        database.exec("PRAGMA trusted_schema = OFF");
        return database;
    });
}

/// NORMAL in WAL mode: a killed process loses nothing it committed; a power cut may cost the last commits, never
/// the file. Reads of the cluster give back what was lost.
Result<void> configure(SQLite::Database& database) {
    return guarded("preparing the file", [&] {
        database.exec("PRAGMA auto_vacuum = INCREMENTAL");
        (void)firstText(database, "PRAGMA journal_mode = WAL");
        database.exec("PRAGMA synchronous = NORMAL");
        (void)firstText(database, "PRAGMA journal_size_limit = 4194304");
    });
}

Result<SQLite::Database> openWhole(const fs::path& file, bool thoroughly) {
    auto database = connect(file);
    if (!database) return database;
    if (auto checked = check(*database, thoroughly); !checked) return fail(std::move(checked.error()));
    if (auto configured = configure(*database); !configured) return fail(std::move(configured.error()));
    if (auto migrated = migrate(*database, migrations()); !migrated) return fail(std::move(migrated.error()));
    return database;
}

void forgetOldDamage(const fs::path& file) {
    std::error_code error;
    const std::string prefix = file.filename().string() + ".damaged-";
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(file.parent_path(), error)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(prefix) && !name.ends_with("-wal") && !name.ends_with("-shm"))
            found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    while (found.size() > kDamagedFilesKept) {
        for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(beside(found.front(), suffix), error);
        found.erase(found.begin());
    }
}

Result<fs::path> setAside(const fs::path& file, WallTime now) {
    std::string stamp = formatRfc3339Millis(now);
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    const fs::path aside = beside(file, ".damaged-" + stamp);
    std::error_code error;
    fs::rename(file, aside, error);
    if (error) return fail(ErrorKind::Io, "history: cannot set the damaged file aside: " + error.message());
    for (const char* suffix : {"-wal", "-shm"}) fs::rename(beside(file, suffix), beside(aside, suffix), error);
    forgetOldDamage(file);
    return aside;
}

}  // namespace

Result<OpenedFile> openHistoryFile(const fs::path& path, WallTime now) {
    std::error_code error;
    const fs::path file = fs::absolute(path, error);
    if (auto made = makeOwnersFile(file); !made) return fail(std::move(made.error()));
    const FileLock lock(beside(file, ".lock"));
    if (!lock.held()) return fail(ErrorKind::Io, "history: cannot lock " + file.string());

    const fs::path suspect = beside(file, ".suspect");
    auto database = openWhole(file, fs::exists(suspect, error));
    if (database || database.error().kind != ErrorKind::Malformed) {
        if (!database) return fail(std::move(database.error()));
        fs::remove(suspect, error);
        return OpenedFile{std::move(*database), std::nullopt};
    }
    const std::string why = database.error().message;
    const auto aside = setAside(file, now);
    if (!aside) return fail(aside.error());
    fs::remove(suspect, error);
    if (auto made = makeOwnersFile(file); !made) return fail(std::move(made.error()));
    auto fresh = openWhole(file, false);
    if (!fresh) return fail(std::move(fresh.error()));
    return OpenedFile{std::move(*fresh), "The history was damaged and begins anew; the damaged file is kept as " +
                                             aside->string() + " (" + why + ")"};
}

Result<SQLite::Database> openForReading(const fs::path& path) {
    auto database = connect(path);
    if (!database) return database;
    auto limited = guarded("preparing to read", [&] { database->exec("PRAGMA query_only = ON"); });
    if (!limited) return fail(std::move(limited.error()));
    return database;
}

void markSuspect(const fs::path& file) {
    const int descriptor = ::open(beside(file, ".suspect").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0) ::close(descriptor);
}

}  // namespace cerebral::history
