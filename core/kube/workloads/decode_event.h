#pragma once
/// @file The Event decoder, for the sink beside it. Only for .cpp files (simdjson).

#include "core/kube/json_fields.h"
#include "core/kube/workloads/event.h"

namespace cerebral::kube {

Result<Event> decodeEventElement(json::Element object);

}  // namespace cerebral::kube
