#pragma once
/// @file Between SQLiteCpp and Result<T>. Only for .cpp files of this folder.

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace cerebral::history {

/// Busy and locked: Timeout. Damaged: Malformed. Full: LimitExceeded. Else Io.
[[nodiscard]] Error errorOf(const SQLite::Exception& exception, std::string_view doing);

/// Runs `work`; what SQLite throws becomes an Error.
template <class Work>
auto guarded(std::string_view doing, Work&& work) -> Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            std::forward<Work>(work)();
            return {};
        } else {
            return std::forward<Work>(work)();
        }
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, doing));
    }
}

[[nodiscard]] inline std::int64_t toMillis(WallTime time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}
[[nodiscard]] inline WallTime fromMillis(std::int64_t millis) {
    return WallTime(std::chrono::milliseconds(millis));
}

inline void bindOne(SQLite::Statement& statement, int index, const std::string& value) {
    statement.bind(index, value);
}
inline void bindOne(SQLite::Statement& statement, int index, std::string_view value) {
    statement.bind(index, std::string(value));
}
inline void bindOne(SQLite::Statement& statement, int index, const char* value) {
    statement.bind(index, value);
}
inline void bindOne(SQLite::Statement& statement, int index, std::int64_t value) {
    statement.bind(index, value);
}
inline void bindOne(SQLite::Statement& statement, int index, int value) {
    statement.bind(index, value);
}
inline void bindOne(SQLite::Statement& statement, int index, WallTime value) {
    statement.bind(index, toMillis(value));
}
template <class T>
void bindOne(SQLite::Statement& statement, int index, const std::optional<T>& value) {
    if (value) {
        bindOne(statement, index, *value);
    } else {
        statement.bind(index);
    }
}

/// Resets, then binds the values to parameters 1, 2, ….
template <class... Values>
SQLite::Statement& bindAll(SQLite::Statement& statement, const Values&... values) {
    statement.reset();
    statement.clearBindings();
    int index = 1;
    (bindOne(statement, index++, values), ...);
    return statement;
}

/// Reads the columns of the current row from left to right.
class RowReader {
public:
    explicit RowReader(const SQLite::Statement& statement) : statement_(statement) {}

    std::string text() { return statement_.getColumn(column_++).getString(); }
    std::int64_t integer() { return statement_.getColumn(column_++).getInt64(); }
    int small() { return statement_.getColumn(column_++).getInt(); }
    WallTime time() { return fromMillis(integer()); }
    std::optional<WallTime> maybeTime() {
        const SQLite::Column column = statement_.getColumn(column_++);
        return column.isNull() ? std::nullopt : std::optional(fromMillis(column.getInt64()));
    }
    std::optional<int> maybeSmall() {
        const SQLite::Column column = statement_.getColumn(column_++);
        return column.isNull() ? std::nullopt : std::optional(column.getInt());
    }

private:
    const SQLite::Statement& statement_;
    int column_ = 0;
};

}  // namespace cerebral::history
