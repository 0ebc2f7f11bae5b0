#pragma once
/// @file FaultBox: what goes wrong on demand, at start (`--fault`) or at run time (`POST /demo/fault`).
///
/// | name                  | effect                                                                    |
/// |-----------------------|---------------------------------------------------------------------------|
/// | drop-watches          | every open watch is cut, once                                             |
/// | gone                  | the history is forgotten and every open watch gets 410                    |
/// | unauthorized-once     | the next request is answered 401                                          |
/// | too-many-requests     | requests are answered 429 with Retry-After for SECONDS (5)                |
/// | slow                  | every answer waits MILLISECONDS (2000), for SECONDS (30)                  |
/// | down                  | connections are cut without an answer for SECONDS (10)                    |
/// | server-error          | requests are answered 500 for SECONDS (10)                                |
/// | quota                 | creating PipelineRuns is refused as over quota for SECONDS (30)           |
/// | lost-answer           | the next create happens, but its answer is cut off                        |
/// | watchlist-unsupported | sendInitialEvents is refused inside a 200, until `none`                   |
/// | none                  | ends all of them                                                          |

#include <chrono>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace cerebral::demo {

enum class Misbehaviour : std::uint8_t { None, Unauthorized, TooManyRequests, Cut, ServerError };

struct FaultRequest {
    std::string name;
    std::optional<std::chrono::milliseconds> duration;  ///< how long it lasts
    std::optional<std::chrono::milliseconds> delay;     ///< of `slow`
};

/// Thread-safe.
class FaultBox {
public:
    explicit FaultBox(const Clock& clock) : clock_(clock) {}

    [[nodiscard]] static std::span<const std::string_view> names();
    /// "NAME", "NAME:SECONDS" or "slow:MILLISECONDS:SECONDS".
    static Result<FaultRequest> parse(std::string_view text);
    /// Switches a lasting fault on; `drop-watches` and `gone` are the caller's to carry out.
    void inject(const FaultRequest& fault);

    /// What happens to the request that has just come.
    [[nodiscard]] Misbehaviour next();
    [[nodiscard]] std::chrono::milliseconds delay();
    [[nodiscard]] bool overQuota();
    [[nodiscard]] bool loseNextAnswer();
    [[nodiscard]] bool watchListUnsupported();

private:
    [[nodiscard]] bool lasts(SteadyTime until) const { return clock_.steadyNow() < until; }

    const Clock& clock_;
    std::mutex mutex_;
    int unauthorized_ = 0;
    int lostAnswers_ = 0;
    bool watchListUnsupported_ = false;
    SteadyTime tooManyUntil_{}, slowUntil_{}, downUntil_{}, errorUntil_{}, quotaUntil_{};
    std::chrono::milliseconds delay_{0};
};

}  // namespace cerebral::demo
