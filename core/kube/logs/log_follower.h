#pragma once
/// @file LogFollower: a container's log, every line once and in order, over drops, restarts and deletion.
///
/// The API server's log stream has no position to resume from. The follower asks for timestamps,
/// resumes by `sinceTime` and drops what it already handed out (`log_resume.h`). A stream that ends
/// does not say why, so the pod is read before each attempt: it tells whether the container runs,
/// restarted (the end of the instance before is then read with `previous=true`) or ended for good
/// (one last read without `follow`, begun after the end, makes sure of the tail).
///
/// What the cluster no longer has cannot be read: lines lost to log rotation, to two restarts within
/// one outage, or with a deleted pod. A restart between reading the pod and opening the stream can
/// hide the tail of the instance before.
///
/// HTTP/1.1, one request at a time, blocking; use one thread for each log followed at once.

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "core/base/backoff.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kube/kube_client.h"
#include "core/kube/logs/container_state.h"
#include "core/kube/logs/log_line.h"
#include "core/kube/logs/log_resume.h"

namespace cerebral::kube {

struct LogTarget {
    std::string ns;
    std::string pod;
    std::string container;
};

struct LogOptions {
    /// Only the last lines at first; what comes later is always complete.
    std::optional<std::size_t> tailLines;
    /// A stream that says nothing for so long is opened anew: quiet containers are common, dead
    /// connections are seen by keepalive earlier.
    std::chrono::seconds silence{600};
};

enum class LogState : std::uint8_t {
    Waiting,       ///< the container has not started, or restarts
    Reading,       ///< a stream is open
    Reconnecting,  ///< the stream broke
};
const char* toString(LogState state) noexcept;

/// Called on the thread of `follow` or the transport's, never concurrently. Must not block.
class LogSink {
public:
    virtual ~LogSink() = default;
    /// Returning false ends the follower.
    virtual bool onLine(const LogLine& line) = 0;
    virtual void onState(LogState) {}
};

enum class LogEnd : std::uint8_t {
    Finished,  ///< the container ended for good and its log was read to the end
    PodGone,   ///< the pod was deleted; what was not read by then is lost
    Stopped,   ///< by the sink
};
const char* toString(LogEnd end) noexcept;

class LogFollower {
public:
    /// `seed` spreads the retries of followers started together.
    LogFollower(KubeClient& client, Clock& clock, std::uint64_t seed);

    /// Follows until the log's end. Errors: Cancelled, Forbidden, Unauthorized and Config (no such
    /// container, unusable credentials); everything else is waited out.
    Result<LogEnd> follow(const LogTarget& target, const LogOptions& options, LogSink& sink, std::stop_token stop);

private:
    class Run;
    KubeClient& client_;
    Clock& clock_;
    std::uint64_t seed_;
};

/// The parts of one PipelineRun's log, handed out one after the other in the order given.
class RunLogSink : public LogSink {
public:
    /// Before the lines of `target`.
    virtual void onBegin(const LogTarget& target) = 0;
    /// After them. An error (a pod that could not be read) concerns this part only.
    virtual void onEnd(const LogTarget& target, const Result<LogEnd>& end) = 0;
};

/// A whole run in step order: `targets` as the run's TaskRuns list them. Only Cancelled is an error.
Result<LogEnd> followRun(LogFollower& follower, std::span<const LogTarget> targets, const LogOptions& options,
                         RunLogSink& sink, const std::stop_token& stop);

}  // namespace cerebral::kube
