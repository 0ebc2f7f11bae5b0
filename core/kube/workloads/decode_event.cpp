#include "core/kube/workloads/decode_event.h"

#include <algorithm>

#include "core/kube/workloads/decode.h"
#include "core/kube/workloads/decode_workload_parts.h"

namespace cerebral::kube {
namespace {

/// Recorders of the old API fill first/lastTimestamp and count, those of events.k8s.io eventTime and series.
void decodeTimes(json::Element object, Event& event) {
    event.firstSeen = json::time(object, "firstTimestamp");
    event.lastSeen = json::time(object, "lastTimestamp");
    event.count = std::max(1, decodeCount(object, "count", 1));
    const auto eventTime = json::time(object, "eventTime");
    if (!event.firstSeen) event.firstSeen = eventTime;
    if (!event.lastSeen) event.lastSeen = eventTime;
    if (const auto series = json::field(object, "series")) {
        event.count = std::max(event.count, decodeCount(*series, "count", 1));
        if (const auto last = json::time(*series, "lastObservedTime")) event.lastSeen = last;
    }
}

}  // namespace

Result<Event> decodeEventElement(json::Element object) {
    auto meta = json::decodeMeta(object);
    if (!meta) return fail(std::move(meta.error()));
    Event event;
    event.meta = std::move(*meta);
    event.type = json::string(object, "type");
    event.reason = json::string(object, "reason");
    event.message = json::string(object, "message");
    if (const auto involved = json::field(object, "involvedObject")) {
        event.kind = json::string(*involved, "kind");
        event.ns = json::string(*involved, "namespace");
        event.name = json::string(*involved, "name");
        event.uid = json::string(*involved, "uid");
        event.fieldPath = json::string(*involved, "fieldPath");
    }
    if (const auto source = json::field(object, "source")) event.source = json::string(*source, "component");
    if (event.source.empty()) event.source = json::string(object, "reportingComponent");
    decodeTimes(object, event);
    return event;
}

Result<Event> decodeEvent(std::string_view text) {
    return json::decodeText(text, decodeEventElement);
}

}  // namespace cerebral::kube
