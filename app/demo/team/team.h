#pragma once
/// @file Team: signs the storyline's pushes and delivers them to the receiver, as GitHub does.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/demo/sim/world.h"
#include "app/demo/team/storyline.h"
#include "core/base/log.h"
#include "core/base/secret.h"
#include "core/net/http_transport.h"

namespace cerebral::demo {

struct TeamSettings {
    std::string receiverUrl;
    Secret secret;
    std::chrono::seconds every{0};
    std::map<std::string, std::string> heads{};  ///< where branches stand: what is pushed first has a parent too
};

/// When the opening's pushes come, from the team's start, on the wall's clock: at the usual speed a minute
/// shows one going live, one failing, one stuck and a fan-out.
[[nodiscard]] std::chrono::milliseconds openingTime(std::size_t push, double speed);

/// Owns one thread that paces and delivers. Deliveries that fail are tried again by nobody: GitHub
/// does not either.
class Team {
public:
    Team(World& world, TeamSettings settings, Logger& log);
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;
    /// Queues one push; returns the story's name. Thread-safe.
    Result<std::string> push(std::string_view story);

private:
    void run(const std::stop_token& stop);
    void deliver(const StoryPush& story, const std::stop_token& stop);
    void renewBases();

    World& world_;
    TeamSettings settings_;
    Logger& log_;
    std::unique_ptr<net::HttpTransport> transport_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    Storyline storyline_;
    std::deque<StoryPush> waiting_;
    std::uint64_t deliveries_ = 0;
    std::uint64_t baseVersions_ = 0;
    std::jthread thread_;
};

}  // namespace cerebral::demo
