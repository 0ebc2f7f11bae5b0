#include "core/history/reader_connection.h"

#include <algorithm>

namespace cerebral::history {
namespace {

/// Statements differ only by which filters are set; this many texts are more than a window uses.
constexpr std::size_t kMostStatements = 64;

std::string likePattern(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

}  // namespace

void addConditions(Query& query, const RunFilter& filter) {
    query.add("1");
    if (!filter.cluster.empty()) query.add(" AND runs.cluster = ?", filter.cluster);
    if (!filter.ns.empty()) query.add(" AND runs.namespace = ?", filter.ns);
    if (!filter.service.empty()) query.add(" AND runs.service = ?", filter.service);
    if (!filter.branch.empty()) query.add(" AND runs.branch = ?", filter.branch);
    if (!filter.pipeline.empty()) query.add(" AND runs.pipeline = ?", filter.pipeline);
    if (!filter.commitPrefix.empty()) {
        const std::string prefix = lowered(filter.commitPrefix);
        query.add(" AND runs.commit_sha >= ? AND runs.commit_sha < ?", prefix, prefix + "g");
    }
    if (!filter.text.empty()) {
        query.add(
            " AND (runs.name || char(10) || runs.message || char(10) || runs.author || char(10) || runs.commit_sha "
            "|| "
            "char(10) || runs.branch) LIKE ? ESCAPE '\\'",
            likePattern(filter.text));
    }
    if (!filter.states.empty()) {
        query.add(" AND runs.state IN (");
        bool first = true;
        for (const tekton::RunState state : filter.states) {
            query.add(first ? "?" : ", ?", std::string(tekton::toString(state)));
            first = false;
        }
        query.add(")");
    }
    if (filter.from) query.add(" AND runs.created_ms >= ?", toMillis(*filter.from));
    if (filter.before) query.add(" AND runs.created_ms < ?", toMillis(*filter.before));
}

SQLite::Statement& HistoryReader::Connection::prepare(const Query& query) {
    if (statements_.size() >= kMostStatements && !statements_.contains(query.sql)) statements_.clear();
    auto& statement = statements_[query.sql];
    if (!statement) statement = std::make_unique<SQLite::Statement>(database_, query.sql);
    statement->reset();
    statement->clearBindings();
    int index = 1;
    for (const Query::Value& value : query.values) {
        std::visit([&](const auto& bound) { statement->bind(index, bound); }, value);
        ++index;
    }
    return *statement;
}

}  // namespace cerebral::history
