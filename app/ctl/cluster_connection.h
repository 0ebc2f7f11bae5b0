#pragma once
/// @file ClusterConnection: the API server of the chosen context, reached over real HTTP.

#include <CLI/App.hpp>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kube/kube_client.h"
#include "core/net/curl_transport.h"

namespace cerebral::ctl {

struct ClusterOptions {
    std::string kubeconfig;
    std::string context;
    std::string ns = "tekton-pipelines";
};

/// `--kubeconfig`, `--context`, `-n/--namespace`. `options` outlives the parser.
void addClusterOptions(CLI::App& app, ClusterOptions& options);

class ClusterConnection {
public:
    /// Without a kubeconfig anywhere, a pod's own account is used.
    static Result<std::unique_ptr<ClusterConnection>> open(const ClusterOptions& options, const Clock& clock);

    [[nodiscard]] kube::KubeClient& client() noexcept { return client_; }

private:
    explicit ClusterConnection(kube::ClusterAccess access) : client_(transport_, std::move(access)) {}
    net::CurlTransport transport_;
    kube::KubeClient client_;
};

}  // namespace cerebral::ctl
