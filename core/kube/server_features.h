#pragma once
/// @file ServerFeatures: what one API server was found not to have, shared by its reflectors so that
/// each refusal is met once. Thread-safe.

#include <atomic>

namespace cerebral::kube {

class ServerFeatures {
public:
    /// WatchList (KEP-3157): refused with 422 where the gate is off, with an ERROR event of code 500
    /// where the storage lacks RequestWatchProgress (etcd 3.4 under Kubernetes 1.34).
    [[nodiscard]] bool hasWatchList() const noexcept { return !watchListRefused_.load(std::memory_order_relaxed); }
    void refuseWatchList() noexcept { watchListRefused_.store(true, std::memory_order_relaxed); }

private:
    std::atomic<bool> watchListRefused_{false};
};

}  // namespace cerebral::kube
