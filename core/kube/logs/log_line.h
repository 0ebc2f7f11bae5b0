#pragma once
/// @file One line of a container's log as the API server sends it with `timestamps=true`:
/// "2026-11-23T06:58:03.288279959Z text". The text is the container's bytes, ANSI and all.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace cerebral::kube {

struct LogLine {
    /// Nanoseconds, from the node's clock. Empty for what the kubelet itself says between the lines.
    std::optional<WallTime> time;
    std::string_view text;  ///< without '\n'; not necessarily UTF-8
};

[[nodiscard]] LogLine parseLogLine(std::string_view line);

/// Chunks in, lines out, like net::LineSplitter, but a line that outgrows the cap is cut instead of
/// refused: a build that prints ten megabytes without a line break must not end its own log.
class LogLineReader {
public:
    static constexpr std::size_t kMaxLine = 1U * 1024U * 1024U;

    explicit LogLineReader(std::size_t maxLine = kMaxLine) : maxLine_(maxLine) {}

    /// `onLine` returning false stops; the rest of the chunk is dropped. Returns what `onLine` returned last.
    bool feed(std::string_view chunk, const std::function<bool(std::string_view)>& onLine);
    /// The end was reached: what has no '\n' behind it is a line too.
    bool finish(const std::function<bool(std::string_view)>& onLine);

private:
    void keep(std::string_view piece);

    std::size_t maxLine_;
    std::string pending_;
    bool begun_ = false;
};

}  // namespace cerebral::kube
