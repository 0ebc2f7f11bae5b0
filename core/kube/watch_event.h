#pragma once
/// @file The envelope of lists and watch events, common to all kinds. Only for .cpp files (simdjson).

#include "core/kube/json_fields.h"
#include "core/kube/object_sink.h"

namespace cerebral::kube {

/// `items` is left at zero. Fails when the answer is no list.
Result<ListMeta> readListMeta(json::Element list);
/// Type, resourceVersion, end-of-initial-events mark, and the Status of an ERROR event.
/// An event of an unknown type, or one without an object, is Malformed.
Result<WatchEventMeta> readWatchEvent(json::Element event);

}  // namespace cerebral::kube
