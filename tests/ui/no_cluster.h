#pragma once
/// @file NoCluster: RunServices whose API server nobody answers at, for tests of what needs none.

#include <vector>

#include "core/net/curl_transport.h"
#include "ui/bridge/run_services.h"

namespace cerebral::test {

class NoCluster final : public ui::RunServices {
public:
    explicit NoCluster(Clock& clock) : clock_(clock), client_(transport_, access()) {}
    kube::KubeClient& client() override { return client_; }
    Clock& clock() override { return clock_; }
    std::string clusterName() const override { return "none"; }
    history::History* history() override { return kept; }
    void openRun(const std::string&, const std::string& name) override { open.push_back(name); }
    void closeRun(const std::string&, const std::string& name) override { std::erase(open, name); }

    std::vector<std::string> open;  ///< runs somebody looks at
    history::History* kept = nullptr;

private:
    static kube::ClusterAccess access() {
        kube::ClusterAccess access;
        access.server = "http://127.0.0.1:1";
        return access;
    }

    Clock& clock_;
    net::CurlTransport transport_;
    kube::KubeClient client_;
};

}  // namespace cerebral::test
