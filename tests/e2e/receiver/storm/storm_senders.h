#pragma once
/// @file StormSenders: GitHub and its users in a crash storm: thousands of pushes at a steady pace, most
/// of the refused ones sent again by somebody, one in ten redelivered to the other replica. They keep
/// the book of what was promised.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace cerebral::test {

/// One commit is one push; a push builds one to three services.
struct StormLedger {
    std::map<int, int> expectedRuns;             ///< by push: the services it touches
    std::set<int> acknowledged;                  ///< pushes answered 200 or 202
    std::set<std::string> acknowledgedRuns;      ///< the names those answers gave
    std::vector<std::string> unexpectedAnswers;  ///< 200s and 202s that promise something else
    int redelivered = 0;
};

class StormSenders {
public:
    using PortOf = std::function<std::uint16_t(std::size_t replica)>;

    /// Begins at once. `perSecond` bounds the pace; a busy machine is slower.
    StormSenders(int pushes, int perSecond, unsigned seed, PortOf portOf);

    /// How many pushes have begun.
    [[nodiscard]] int begun() const { return std::min(next_.load() - 1, pushes_); }
    [[nodiscard]] bool finished() const { return atWork_.load() == 0; }
    /// Waits for the last one.
    const StormLedger& join();

    /// The number of the push a run belongs to; -1: of none. Names begin SERVICE-SHA8-.
    static int pushOf(const std::string& runName);

private:
    void send(unsigned sender);
    void sendOne(int push, std::mt19937& random);
    bool deliver(std::size_t replica, int push, const std::string& body);

    const int pushes_;
    const int perSecond_;
    const unsigned seed_;
    const PortOf portOf_;
    const std::chrono::steady_clock::time_point from_ = std::chrono::steady_clock::now();
    const std::int64_t pushedAt_;
    std::atomic<int> next_{1};
    std::atomic<int> atWork_;
    std::mutex mutex_;
    StormLedger ledger_;
    std::vector<std::jthread> threads_;
};

}  // namespace cerebral::test
