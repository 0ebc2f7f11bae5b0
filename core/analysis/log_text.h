#pragma once
/// @file From the bytes of a pod log to plain lines, for analysis (a log view keeps the bytes and the colours).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::analysis {

/// Whether each line begins with the kubelet's timestamp (`timestamps=true` in the log request).
enum class Timestamps : bool { Absent, Present };

struct StampedLine {
    std::optional<WallTime> time;
    std::string_view text;
};
/// Takes "2026-11-23T07:03:08.538378484Z " off the front; a line that has none is left as it is.
[[nodiscard]] StampedLine splitTimestamp(std::string_view line);

/// The lines of `log` without line feeds. A last line without line feed counts; an empty rest does not.
[[nodiscard]] std::vector<std::string_view> splitLines(std::string_view log);

/// Plain text of every line: no timestamp, no escape sequence, valid UTF-8.
[[nodiscard]] std::vector<std::string> plainLines(std::string_view log, Timestamps timestamps);

}  // namespace cerebral::analysis
