#pragma once
/// @file RFC 3339 timestamps as Kubernetes writes and reads them (metav1.Time, metav1.MicroTime).

#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace cerebral {

/// "2026-11-23T08:41:00Z": whole seconds, UTC.
[[nodiscard]] std::string formatRfc3339(WallTime time);
/// "2026-11-23T08:41:00.123Z": milliseconds, UTC.
[[nodiscard]] std::string formatRfc3339Millis(WallTime time);
/// Accepts any fraction up to nanoseconds (truncated to the clock's tick) and any offset.
[[nodiscard]] Result<WallTime> parseRfc3339(std::string_view text);

}  // namespace cerebral
