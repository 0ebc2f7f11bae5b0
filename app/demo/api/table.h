#pragma once
/// @file Tables: what `kubectl get` shows, rendered by the server (meta.k8s.io/v1 Table).
///
/// Columns of Tekton's kinds are those of its CRDs (additionalPrinterColumns), of built-in kinds those
/// of k8s.io/kubernetes/pkg/printers/internalversion.

#include <span>
#include <string>
#include <string_view>

#include "app/demo/store/object.h"
#include "core/base/clock.h"

namespace cerebral::demo {

enum class RowObject : std::uint8_t { Metadata, Whole, None };

/// A whole Table. `listMeta` becomes its metadata (JSON object text).
[[nodiscard]] std::string tableOf(const ResourceKind& kind, std::span<const ObjectPtr> objects,
                                  std::string_view listMeta, RowObject rowObject, WallTime now);
/// "5m12s", "3h", "2d4h": k8s.io/apimachinery/pkg/util/duration.HumanDuration.
[[nodiscard]] std::string humanDuration(std::chrono::seconds duration);

}  // namespace cerebral::demo
