#pragma once
/// @file What the columns of server-rendered tables are made of.

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/store/resource_kind.h"
#include "core/base/clock.h"

namespace cerebral::demo::table {

using Json = nlohmann::json;

/// One object at one time.
struct Context {
    const Json& object;
    WallTime now;

    /// The node at a path; null when absent.
    [[nodiscard]] const Json& at(std::initializer_list<std::string_view> path) const;
    [[nodiscard]] std::string text(std::initializer_list<std::string_view> path, std::string_view absent = "") const;
    [[nodiscard]] std::int64_t number(std::initializer_list<std::string_view> path) const;
    [[nodiscard]] std::string age(std::initializer_list<std::string_view> path,
                                  std::string_view absent = "<unknown>") const;
    [[nodiscard]] std::string condition(std::string_view type, std::string_view field) const;
    [[nodiscard]] std::size_t size(std::initializer_list<std::string_view> path) const { return at(path).size(); }
};

struct Column {
    std::string_view name;
    int priority;  ///< 0: always shown, 1: only with -o wide
    std::function<Json(const Context&)> cell;
    std::string_view type = "string";
};
using Columns = std::vector<Column>;

[[nodiscard]] std::string joined(const Json& list, const std::function<std::string(const Json&)>& textOf,
                                 std::string_view empty);
[[nodiscard]] std::string labelsText(const Json& labels);

[[nodiscard]] Column name();
[[nodiscard]] Column age();
[[nodiscard]] Column text(std::string_view title, std::initializer_list<std::string_view> path, int priority = 0,
                          std::string_view absent = "<none>");
/// A number, or how many members there are.
[[nodiscard]] Column count(std::string_view title, std::initializer_list<std::string_view> path);

/// table_columns.cpp
[[nodiscard]] Columns columnsOf(const ResourceKind& kind);

}  // namespace cerebral::demo::table
