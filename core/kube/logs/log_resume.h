#pragma once
/// @file LogResume: where to go on reading a log after a drop, and which lines are already held.
///
/// The API's `sinceTime` has whole seconds (metav1.Time), so the server repeats what we hold. Lines
/// are told apart by stamp and text, counted, because one nanosecond may hold several equal lines.
/// The stamps of stdout and stderr are taken apart and may stand slightly out of order in the file;
/// therefore reading resumes one second before the last whole second, and everything since then is
/// remembered (as hashes, 8 bytes a line and the counts).
///
/// A node's clock that is set back further than that makes lines appear twice rather than not at all.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/base/clock.h"
#include "core/kube/logs/log_line.h"

namespace cerebral::kube {

class LogResume {
public:
    /// The `sinceTime` of the next request; empty before the first line.
    [[nodiscard]] std::optional<WallTime> since() const;
    /// A new answer begins: lines it repeats are to be recognised, each as often as it is held.
    void beginAnswer();
    /// True when the line is new; it is held from now on.
    [[nodiscard]] bool accept(const LogLine& line);

private:
    using Second = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;
    struct Count {
        std::uint32_t held = 0;
        std::uint32_t repeated = 0;  ///< of those, seen in this answer
    };
    using Lines = std::unordered_map<std::uint64_t, Count>;

    void forgetBefore(Second first);

    std::map<Second, Lines> held_;
    std::optional<Second> last_;
    Lines notices_;  ///< lines without a stamp
};

}  // namespace cerebral::kube
