#include "app/demo/api/table_cells.h"

#include "app/demo/api/table.h"
#include "core/base/time_format.h"

namespace cerebral::demo::table {

const Json& Context::at(std::initializer_list<std::string_view> path) const {
    static const Json kNull;
    const Json* node = &object;
    for (const std::string_view key : path) {
        const auto it = node->is_object() ? node->find(key) : node->end();
        if (!node->is_object() || it == node->end()) return kNull;
        node = &*it;
    }
    return *node;
}

std::string Context::text(std::initializer_list<std::string_view> path, std::string_view absent) const {
    const Json& node = at(path);
    return node.is_string() ? node.get<std::string>() : std::string(absent);
}

std::int64_t Context::number(std::initializer_list<std::string_view> path) const {
    const Json& node = at(path);
    return node.is_number_integer() ? node.get<std::int64_t>() : 0;
}

std::string Context::age(std::initializer_list<std::string_view> path, std::string_view absent) const {
    const auto time = parseRfc3339(text(path));
    if (!time) return std::string(absent);
    return humanDuration(std::chrono::duration_cast<std::chrono::seconds>(now - *time));
}

std::string Context::condition(std::string_view type, std::string_view field) const {
    for (const Json& condition : at({"status", "conditions"})) {
        if (condition.value("type", "") == type) return condition.value(std::string(field), "");
    }
    return {};
}

std::string joined(const Json& list, const std::function<std::string(const Json&)>& textOf, std::string_view empty) {
    std::string result;
    for (const Json& item : list) {
        if (!result.empty()) result += ",";
        result += textOf(item);
    }
    return result.empty() ? std::string(empty) : result;
}

std::string labelsText(const Json& labels) {
    std::string result;
    for (const auto& [key, value] : labels.items()) {
        if (!result.empty()) result += ",";
        result += key + "=" + value.get<std::string>();
    }
    return result.empty() ? "<none>" : result;
}

Column name() {
    return {"Name", 0, [](const Context& c) { return c.text({"metadata", "name"}); }};
}

Column age() {
    return {"Age", 0, [](const Context& c) { return c.age({"metadata", "creationTimestamp"}); }};
}

Column text(std::string_view title, std::initializer_list<std::string_view> path, int priority,
            std::string_view absent) {
    std::vector<std::string> keys(path.begin(), path.end());
    return {title, priority, [keys, absent = std::string(absent)](const Context& c) -> Json {
                const Json* node = &c.object;
                for (const std::string& key : keys) {
                    if (!node->is_object() || !node->contains(key)) return absent;
                    node = &(*node)[key];
                }
                if (node->is_boolean()) return node->get<bool>() ? "true" : "false";
                return node->is_null() ? Json(absent) : *node;
            }};
}

Column count(std::string_view title, std::initializer_list<std::string_view> path) {
    std::vector<std::string> keys(path.begin(), path.end());
    return {title, 0,
            [keys](const Context& c) -> Json {
                const Json* node = &c.object;
                for (const std::string& key : keys) {
                    if (!node->is_object() || !node->contains(key)) return 0;
                    node = &(*node)[key];
                }
                return node->is_structured() ? Json(node->size()) : *node;
            },
            "integer"};
}

}  // namespace cerebral::demo::table
