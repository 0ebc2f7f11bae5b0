#pragma once
/// @file StormReplicas: two real receivers with spools of their own, killed and restarted.
///
/// Main thread only, but for `port`.

#include <array>
#include <atomic>
#include <memory>
#include <random>
#include <string>

#include "tests/support/receiver_process.h"

namespace cerebral::test {

class StormReplicas {
public:
    static constexpr std::size_t kCount = 2;

    StormReplicas(const std::string& directory, const std::string& kubeconfig, std::mt19937& random);

    /// SIGKILL, then a new process on the same spool.
    void killAndRestart(std::size_t replica, bool withFailpoint);
    /// Restarts those that ended at a failpoint.
    void revive(bool withFailpoints);

    /// 0 while it is being restarted.
    [[nodiscard]] std::uint16_t port(std::size_t replica) const { return ports_.at(replica).load(); }
    [[nodiscard]] ReceiverProcess& process(std::size_t replica) { return *processes_.at(replica); }
    [[nodiscard]] int kills() const noexcept { return kills_; }
    [[nodiscard]] int failpointDeaths() const noexcept { return failpointDeaths_; }

private:
    void start(std::size_t replica, bool withFailpoint);

    std::mt19937& random_;
    int kills_ = 0;
    int failpointDeaths_ = 0;
    std::array<ReceiverPlan, kCount> plans_;
    std::array<std::unique_ptr<ReceiverProcess>, kCount> processes_;
    std::array<std::atomic<std::uint16_t>, kCount> ports_{};
};

}  // namespace cerebral::test
