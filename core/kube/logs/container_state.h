#pragma once
/// @file What a log follower must know of a pod: which one it is, and whether a container still writes.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace cerebral::kube {

/// What a log comes from. Not the container itself, which is kube::ContainerState (workloads/pod.h).
struct LogSourceState {
    enum class Phase : std::uint8_t {
        NotStarted,  ///< no log to read yet
        Running,
        Restarting,  ///< between two instances (CrashLoopBackOff); the last one's log can be read
        Ended,       ///< will write no more
    };
    std::string podUid;
    Phase phase = Phase::NotStarted;
    std::int64_t restarts = 0;
};

/// `podJson` is a Pod. A container the pod does not have is an Invalid error; init and ephemeral
/// containers count as containers.
[[nodiscard]] Result<LogSourceState> readContainerState(std::string_view podJson, std::string_view container);

}  // namespace cerebral::kube
