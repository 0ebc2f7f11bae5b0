#include "core/kube/watch_event.h"

#include "core/kube/status.h"

namespace cerebral::kube {
namespace {

std::optional<WatchEventType> typeOf(std::string_view name) {
    if (name == "ADDED") return WatchEventType::Added;
    if (name == "MODIFIED") return WatchEventType::Modified;
    if (name == "DELETED") return WatchEventType::Deleted;
    if (name == "BOOKMARK") return WatchEventType::Bookmark;
    if (name == "ERROR") return WatchEventType::Error;
    return std::nullopt;
}

}  // namespace

Result<ListMeta> readListMeta(json::Element list) {
    const auto metadata = json::field(list, "metadata");
    json::Array items;
    const auto itemsError = list["items"].get(items);
    // A Go client serialises an empty slice as null.
    const bool noItems = itemsError != simdjson::SUCCESS && !list["items"].is_null();
    if (!metadata || noItems) return fail(ErrorKind::Malformed, "the answer is not a list");
    ListMeta meta;
    meta.resourceVersion = json::string(*metadata, "resourceVersion");
    meta.continueToken = json::string(*metadata, "continue");
    return meta;
}

Result<WatchEventMeta> readWatchEvent(json::Element event) {
    const auto type = typeOf(json::text(event, "type"));
    const auto object = json::field(event, "object");
    if (!type || !object || !object->is_object()) {
        return fail(ErrorKind::Malformed, "the server sent a watch line that is no event");
    }
    WatchEventMeta meta;
    meta.type = *type;
    if (meta.type == WatchEventType::Error) {
        meta.status = errorFromStatusJson(simdjson::minify(*object), "watch");
        return meta;
    }
    if (const auto metadata = json::field(*object, "metadata")) {
        meta.resourceVersion = json::string(*metadata, "resourceVersion");
        if (const auto annotations = json::field(*metadata, "annotations")) {
            meta.initialEventsEnd = meta.type == WatchEventType::Bookmark &&
                                    json::text(*annotations, "k8s.io/initial-events-end") == "true";
        }
    }
    return meta;
}

}  // namespace cerebral::kube
