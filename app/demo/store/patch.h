#pragma once
/// @file The three patches of the Kubernetes API: JSON Patch (RFC 6902), JSON Merge Patch (RFC 7386) and
/// strategic merge (k8s.io/apimachinery/pkg/util/strategicpatch), which merges lists by a key.

#include <string_view>

#include "app/demo/store/json.h"
#include "core/base/result.h"

namespace cerebral::demo {

enum class PatchKind : std::uint8_t { JsonPatch, Merge, StrategicMerge };

/// Changes `tree`; Invalid with a sentence when the patch cannot be applied.
Result<void> applyPatch(PatchKind kind, Json& tree, const Json& patch);

}  // namespace cerebral::demo
