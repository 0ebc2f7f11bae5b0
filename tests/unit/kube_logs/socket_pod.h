#pragma once
/// @file SocketPod: a pod's log on real sockets. The first `drops` streams are cut after 600 to 2,900 lines, every
/// third with a reset; all lines are of the same two seconds, so each stream begins at the first.

#include <atomic>
#include <string>
#include <vector>

#include "core/kube/cluster_access.h"
#include "tests/support/raw_server.h"
#include "tests/unit/kube_logs/log_server.h"

namespace cerebral::test {

class SocketPod {
public:
    static constexpr std::size_t kLines = 5000;

    explicit SocketPod(int drops);

    [[nodiscard]] kube::ClusterAccess access() const;
    [[nodiscard]] const std::vector<StampedLine>& lines() const { return lines_; }

private:
    void serve(RawConnection& connection);
    [[nodiscard]] std::string pod() const;
    bool sendLog(RawConnection& connection, const std::string& target);

    std::vector<StampedLine> lines_;
    std::atomic<int> dropsLeft_;
    RawServer server_;
};

}  // namespace cerebral::test
