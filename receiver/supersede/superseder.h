#pragma once
/// @file Superseder: after a run exists, cancels (CancelledRunFinally) what a newer push has replaced.
///
/// Works behind the answers, on one thread: one list by labels for each service and branch, however
/// many of its runs arrived meanwhile. A run is Done in the spool only after this look, so that a crash
/// in between repeats it. Without the rights to list or patch runs it says so once and builds go on.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "core/kube/kube_client.h"
#include "receiver/admin/metrics.h"
#include "receiver/delivery/live_config.h"
#include "receiver/spool/spool.h"

namespace cerebral::receiver {

class Superseder {
public:
    struct Parts {
        kube::KubeClient& client;
        std::string ns;
        const LiveConfig& config;
        Spool& spool;
        Metrics& metrics;
        Clock& clock;
        Logger& log;
    };
    explicit Superseder(Parts parts);
    ~Superseder();
    Superseder(const Superseder&) = delete;
    Superseder& operator=(const Superseder&) = delete;

    /// A run exists. Thread-safe, returns at once.
    void onRunExists(const std::string& name);
    [[nodiscard]] bool waitUntilIdle(std::chrono::milliseconds limit);

private:
    struct Group {
        std::string repository, service, branch;
        auto operator<=>(const Group&) const = default;
    };
    void work(const std::stop_token& stop);
    void look(const std::deque<std::string>& names, const std::stop_token& stop);
    Result<void> cancelOlder(const Group& group, const std::stop_token& stop);

    Parts parts_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::string> names_;
    bool busy_ = false;
    bool saidForbidden_ = false;
    std::jthread thread_;
};

}  // namespace cerebral::receiver
