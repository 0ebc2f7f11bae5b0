#include "core/kube/logs/log_follower.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/time_format.h"
#include "core/net/url.h"

namespace cerebral::kube {
namespace {

constexpr int kOk = 200;
constexpr BackoffPolicy kRetry{std::chrono::milliseconds(500), std::chrono::milliseconds(10'000),
                               std::chrono::milliseconds(30'000)};

bool isFinal(ErrorKind kind) {
    return kind == ErrorKind::Cancelled || kind == ErrorKind::Forbidden || kind == ErrorKind::Unauthorized ||
           kind == ErrorKind::Config;
}

}  // namespace

const char* toString(LogState state) noexcept {
    switch (state) {
        case LogState::Waiting:
            return "waiting";
        case LogState::Reading:
            return "reading";
        case LogState::Reconnecting:
            return "reconnecting";
    }
    return "";
}

const char* toString(LogEnd end) noexcept {
    switch (end) {
        case LogEnd::Finished:
            return "finished";
        case LogEnd::PodGone:
            return "pod-gone";
        case LogEnd::Stopped:
            return "stopped";
    }
    return "";
}

/// One call of `follow`.
class LogFollower::Run {
public:
    Run(KubeClient& client, Clock& clock, std::uint64_t seed, const LogTarget& target, const LogOptions& options,
        LogSink& sink, std::stop_token stop)
        : client_(client),
          clock_(clock),
          backoff_(clock, kRetry, seed),
          target_(target),
          options_(options),
          sink_(sink),
          stop_(std::move(stop)) {}

    Result<LogEnd> untilTheEnd() {
        for (;;) {
            auto end = attempt();
            if (!end) {
                if (isFinal(end.error().kind)) return fail(end.error());
                sink_.onState(LogState::Reconnecting);
                if (!pause(end.error().retryAfter)) return cancelled();
            } else if (*end) {
                return **end;
            }
        }
    }

private:
    enum class Read : std::uint8_t { Follow, Rest, Previous };

    /// Reads the pod, then its log as far as it goes. Empty: once more.
    Result<std::optional<LogEnd>> attempt() {
        const auto pod = client_.get(types::kPods, target_.ns, target_.pod, stop_);
        if (!pod) {
            if (pod.error().kind == ErrorKind::NotFound) return LogEnd::PodGone;
            return fail(pod.error());
        }
        const auto state = readContainerState(*pod, target_.container);
        if (!state) {
            if (state.error().kind != ErrorKind::Invalid) return fail(state.error());
            return fail(Error{ErrorKind::Config, target_.pod + ": no container " + target_.container, 0, {}, {}});
        }
        if (!podUid_.empty() && state->podUid != podUid_) return LogEnd::PodGone;
        podUid_ = state->podUid;
        return readInState(*state);
    }

    Result<std::optional<LogEnd>> readInState(const LogSourceState& state) {
        using Phase = LogSourceState::Phase;
        if (restarts_ && state.restarts > *restarts_) {
            // An instance began since the last look; what the one before it said last may be unread.
            if (auto end = read(Read::Previous); !end || *end) return end;
        }
        if (state.phase == Phase::NotStarted) return waitForStart();
        restarts_ = state.restarts;
        if (state.phase == Phase::Running) {
            newLines_ = false;
            auto end = read(Read::Follow);
            // The pod's status lags behind the end of its container; a proxy may cut streams at will.
            if (end && !*end && !newLines_ && !pause(std::nullopt)) return cancelled();
            return end;
        }

        auto end = read(Read::Rest);
        if (!end || *end) return end;
        if (state.phase == Phase::Ended) return LogEnd::Finished;
        return waitForStart();
    }

    Result<std::optional<LogEnd>> waitForStart() {
        sink_.onState(LogState::Waiting);
        if (!pause(std::nullopt)) return cancelled();
        return std::nullopt;
    }

    /// Empty when the answer ended properly.
    Result<std::optional<LogEnd>> read(Read what) {
        resume_.beginAnswer();
        reader_ = LogLineReader();
        const auto onLine = [this](std::string_view line) { return take(line); };
        const auto end = client_.streamRaw(
            path(what), net::HttpVersion::Http1, options_.silence,
            [&](std::string_view chunk) { return reader_.feed(chunk, onLine); }, stop_,
            [this] { sink_.onState(LogState::Reading); });
        if (!end) {
            // No such instance any more: nothing to read from it.
            const ErrorKind kind = end.error().kind;
            if (what != Read::Follow && (kind == ErrorKind::Invalid || kind == ErrorKind::NotFound))
                return std::nullopt;
            // A quiet container's stream is opened anew without further ado.
            if (kind == ErrorKind::Timeout && end.error().httpStatus == kOk) return std::nullopt;
            return fail(end.error());
        }
        if (*end == WatchEnd::StoppedByCaller) return LogEnd::Stopped;
        // Whoever cuts a running container's stream may cut it within a line; that line comes again whole.
        if (what != Read::Follow && !reader_.finish(onLine)) return LogEnd::Stopped;
        return std::nullopt;
    }

    bool take(std::string_view raw) {
        const LogLine line = parseLogLine(raw);
        if (!resume_.accept(line)) return true;
        backoff_.reset();
        newLines_ = true;
        return sink_.onLine(line);
    }

    [[nodiscard]] std::string path(Read what) const {
        std::vector<std::pair<std::string, std::string>> query{{"container", target_.container},
                                                               {"timestamps", "true"}};
        if (what == Read::Follow) query.emplace_back("follow", "true");
        if (what == Read::Previous) query.emplace_back("previous", "true");
        if (const auto since = resume_.since()) {
            query.emplace_back("sinceTime", formatRfc3339(*since));
        } else if (options_.tailLines) {
            query.emplace_back("tailLines", std::to_string(*options_.tailLines));
        }
        return objectPath(types::kPods, target_.ns, target_.pod) + "/log?" + net::buildQuery(query);
    }

    bool pause(std::optional<std::chrono::milliseconds> asked) {
        const auto delay = backoff_.next();
        return clock_.waitFor(asked ? std::max(*asked, delay) : delay, stop_);
    }

    static tl::unexpected<Error> cancelled() { return fail(ErrorKind::Cancelled, "cancelled"); }

    KubeClient& client_;
    Clock& clock_;
    Backoff backoff_;
    const LogTarget& target_;
    const LogOptions& options_;
    LogSink& sink_;
    std::stop_token stop_;

    LogResume resume_;
    LogLineReader reader_;
    bool newLines_ = false;  ///< the answer being read brought something
    std::string podUid_;
    std::optional<std::int64_t> restarts_;  ///< of the instance read last
};

LogFollower::LogFollower(KubeClient& client, Clock& clock, std::uint64_t seed)
    : client_(client), clock_(clock), seed_(seed) {}

Result<LogEnd> LogFollower::follow(const LogTarget& target, const LogOptions& options, LogSink& sink,
                                   std::stop_token stop) {
    return Run(client_, clock_, seed_, target, options, sink, std::move(stop)).untilTheEnd();
}

Result<LogEnd> followRun(LogFollower& follower, std::span<const LogTarget> targets, const LogOptions& options,
                         RunLogSink& sink, const std::stop_token& stop) {
    for (const LogTarget& target : targets) {
        sink.onBegin(target);
        const auto end = follower.follow(target, options, sink, stop);
        sink.onEnd(target, end);
        if (!end && end.error().kind == ErrorKind::Cancelled) return fail(end.error());
        if (end && *end == LogEnd::Stopped) return LogEnd::Stopped;
    }
    return LogEnd::Finished;
}

}  // namespace cerebral::kube
