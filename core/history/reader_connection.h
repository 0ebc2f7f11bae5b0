#pragma once
/// @file What all questions share: the connection, prepared statements, filters as conditions. Internal to this
/// folder.

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "core/history/history_file.h"
#include "core/history/history_reader.h"
#include "core/history/run_columns.h"

namespace cerebral::history {

/// Text of a query, made of our own fragments only, and the values for its question marks.
struct Query {
    using Value = std::variant<std::int64_t, std::string>;
    std::string sql;
    std::vector<Value> values;

    /// Appends a fragment and the values of its marks.
    template <class... Values>
    void add(const char* fragment, Values&&... more) {
        sql += fragment;
        (values.emplace_back(std::forward<Values>(more)), ...);
    }
};

/// "… AND …" over table runs; " 1" when nothing is restricted.
void addConditions(Query& query, const RunFilter& filter);

class HistoryReader::Connection {
public:
    Connection(std::filesystem::path file, SQLite::Database database)
        : file_(std::move(file)), database_(std::move(database)) {}

    /// Prepared once for each text, bound and ready to step.
    SQLite::Statement& prepare(const Query& query);

    /// `work` in one read transaction: all of its queries see the same moment.
    template <class Work>
    auto ask(std::string_view doing, Work&& work) -> Result<std::invoke_result_t<Work>> {
        auto answer = guarded(doing, [&] {
            SQLite::Transaction snapshot(database_, SQLite::TransactionBehavior::DEFERRED);
            auto result = work();
            for (auto& [text, statement] : statements_) statement->reset();
            snapshot.commit();
            return result;
        });
        if (!answer) {
            for (auto& [text, statement] : statements_) statement->tryReset();
            if (answer.error().kind == ErrorKind::Malformed) markSuspect(file_);
        }
        return answer;
    }

private:
    std::filesystem::path file_;
    SQLite::Database database_;
    std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> statements_;
};

}  // namespace cerebral::history
