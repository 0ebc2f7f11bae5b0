#include "app/demo/api/table.h"

#include <nlohmann/json.hpp>

#include "app/demo/api/table_cells.h"

namespace cerebral::demo {
namespace {

Json rowObjectOf(const Json& object, RowObject how) {
    if (how == RowObject::None) return nullptr;
    if (how == RowObject::Whole) return object;
    return {{"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", object["metadata"]}};
}

}  // namespace

std::string humanDuration(std::chrono::seconds duration) {
    const std::int64_t s = duration.count();
    if (s < -1) return "<invalid>";
    if (s < 0) return "0s";
    const auto two = [](std::int64_t major, char majorUnit, std::int64_t minor, char minorUnit) {
        std::string text = std::to_string(major) + majorUnit;
        if (minor != 0) text += std::to_string(minor) + minorUnit;
        return text;
    };
    const std::int64_t minutes = s / 60, hours = s / 3600, days = hours / 24;
    if (s < 120) return std::to_string(s) + "s";
    if (minutes < 10) return two(minutes, 'm', s % 60, 's');
    if (minutes < 180) return std::to_string(minutes) + "m";
    if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
    if (hours < 48) return std::to_string(hours) + "h";
    if (days < 8) return two(days, 'd', hours % 24, 'h');
    if (days < 730) return std::to_string(days) + "d";
    if (days < 365 * 8) return two(days / 365, 'y', days % 365, 'd');
    return std::to_string(days / 365) + "y";
}

std::string tableOf(const ResourceKind& kind, std::span<const ObjectPtr> objects, std::string_view listMeta,
                    RowObject rowObject, WallTime now) {
    const table::Columns columns = table::columnsOf(kind);
    Json definitions = Json::array();
    for (const table::Column& column : columns) {
        definitions.push_back({{"name", column.name},
                               {"type", column.type},
                               {"format", column.name == "Name" ? "name" : ""},
                               {"description", ""},
                               {"priority", column.priority}});
    }
    std::string text = "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":";
    text.append(listMeta).append(",\"columnDefinitions\":").append(definitions.dump()).append(",\"rows\":[");
    bool first = true;
    for (const ObjectPtr& object : objects) {
        const Json tree = object->parse();
        const table::Context context{tree, now};
        Json cells = Json::array();
        for (const table::Column& column : columns) cells.push_back(column.cell(context));
        const Json row = {{"cells", std::move(cells)}, {"object", rowObjectOf(tree, rowObject)}};
        if (!first) text += ',';
        first = false;
        text += row.dump();
    }
    text += "]}\n";
    return text;
}

}  // namespace cerebral::demo
