#include "app/ctl/cluster_connection.h"

#include <CLI/Option.hpp>
#include <cstdlib>
#include <optional>

#include "core/kube/kubeconfig.h"

namespace cerebral::ctl {
namespace {

Result<kube::ClusterAccess> findAccess(const ClusterOptions& options, const Clock& clock) {
    std::optional<std::string> explicitPath;
    if (!options.kubeconfig.empty()) explicitPath = options.kubeconfig;
    const auto config = kube::Kubeconfig::load(kube::KubeconfigSource::fromEnvironment(explicitPath));
    const bool nothingChosen = !explicitPath && options.context.empty();
    if (nothingChosen && (!config || config->contexts().empty()) &&
        std::getenv("KUBERNETES_SERVICE_HOST") != nullptr) {
        return kube::inClusterAccess(clock);
    }
    if (!config) return fail(config.error());
    return config->access(options.context, clock);
}

}  // namespace

void addClusterOptions(CLI::App& app, ClusterOptions& options) {
    app.add_option("--kubeconfig", options.kubeconfig, "kubeconfig file (default: $KUBECONFIG, then ~/.kube/config)")
        ->type_name("FILE");
    app.add_option("--context", options.context, "context of the kubeconfig (default: its current one)")
        ->type_name("NAME");
    app.add_option("-n,--namespace", options.ns, "where PipelineRuns live")
        ->type_name("NAMESPACE")
        ->envname("KUBE_NAMESPACE")
        ->capture_default_str();
}

Result<std::unique_ptr<ClusterConnection>> ClusterConnection::open(const ClusterOptions& options,
                                                                   const Clock& clock) {
    auto access = findAccess(options, clock);
    if (!access) return fail(access.error());
    return std::unique_ptr<ClusterConnection>(new ClusterConnection(std::move(*access)));
}

}  // namespace cerebral::ctl
