#pragma once
/// @file Scenario: how a run is going to go. Looked up by what started it; a run nobody planned succeeds.

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace cerebral::demo {

enum class Scenario : std::uint8_t {
    Success,
    CompileFailure,  ///< the build step ends with exit code 1
    TestFailure,     ///< a RUN in the Dockerfile fails: pip cannot resolve a requirement
    Flaky,           ///< the first attempt to build fails, the retry succeeds
    ImagePullError,  ///< the build step's image cannot be pulled
    StuckOnQuota,    ///< the build's pod exceeds the quota, for a long while
    StuckOnNode,     ///< no node has room for the build's pod
    Timeout,         ///< the build hangs until the run's timeout
    BadRollout,      ///< everything succeeds, but the new pods never become ready
};

/// "compile-failure", …
[[nodiscard]] const char* toString(Scenario scenario) noexcept;
[[nodiscard]] std::optional<Scenario> scenarioNamed(std::string_view name);

/// Thread-safe.
class ScenarioBook {
public:
    /// Runs of `service` (empty: any) at `commit` go like this.
    void plan(std::string commit, std::string service, Scenario scenario);
    /// By plan; else by "[demo:NAME]" in the commit's message; else Success.
    [[nodiscard]] Scenario lookUp(std::string_view commit, std::string_view service, std::string_view message) const;

private:
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, Scenario, std::less<>> plans_;
};

}  // namespace cerebral::demo
