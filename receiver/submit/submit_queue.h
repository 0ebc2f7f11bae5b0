#pragma once
/// @file SubmitQueue: which run is to be created next, and when. No threads, no I/O.
///
/// A run is in the queue once, by name, until it is settled. While the API server cannot be reached at
/// all, one run probes and the others wait; the first success lets everybody go at once.
/// Not thread-safe: `Submitter` locks.

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/clock.h"
#include "receiver/delivery/answer.h"

namespace cerebral::receiver {

/// What became of one run, as far as an answer can wait for it.
struct Settled {
    std::string name;
    RunOutcome outcome = RunOutcome::Queued;
    std::string reason;
};
using OnSettled = std::function<void(const Settled&)>;

struct QueuedRun {
    std::string name;
    std::string manifest;  ///< empty: to be read from the spool
    int tries = 0;
    std::string waitingFor;  ///< why the last try did not settle it; empty before the first
    std::vector<OnSettled> listeners;
};

class SubmitQueue {
public:
    /// True when it is new here; false when it joined what is queued already. `listener` may be null.
    bool add(std::string name, std::string manifest, SteadyTime now, OnSettled listener);

    /// Takes the run that is due; empty: nothing is due before `nextDue()`.
    [[nodiscard]] std::optional<std::string> takeDue(SteadyTime now);
    [[nodiscard]] std::optional<SteadyTime> nextDue() const;

    /// A taken run. Stays valid until `retryAt`, or `finish`.
    [[nodiscard]] QueuedRun& taken(const std::string& name) { return runs_.at(name); }
    void retryAt(const std::string& name, SteadyTime when);
    [[nodiscard]] QueuedRun finish(const std::string& name);

    /// The server cannot be reached: nothing goes out before `until`, then one run probes, until `open()`.
    void close(SteadyTime until);
    void open();

    [[nodiscard]] std::size_t size() const noexcept { return runs_.size(); }
    [[nodiscard]] bool closed() const noexcept { return closedUntil_.has_value(); }
    /// Closed, and the one probe is out.
    [[nodiscard]] bool probing() const noexcept { return probing_; }

private:
    std::unordered_map<std::string, QueuedRun> runs_;
    std::multimap<SteadyTime, std::string> due_;
    std::optional<SteadyTime> closedUntil_;
    bool probing_ = false;
};

}  // namespace cerebral::receiver
