#pragma once
/// @file kubeconfig: from `$KUBECONFIG`, `--kubeconfig` and `~/.kube/config` to a ClusterAccess.
///
/// Rules (k8s.io/client-go/tools/clientcmd/loader.go): `$KUBECONFIG` is a colon-separated list,
/// missing files and duplicates are skipped; an explicit path does not merge; clusters, users and
/// contexts: the first file that names one wins as a whole; current-context: the first file that sets
/// it. Relative paths resolve against the file they stand in. Errors say which file, which name, and
/// what to do: `context "dev" names user "bob", which is not in /home/x/.kube/config`.

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kube/cluster_access.h"

namespace cerebral::kube {

struct KubeconfigSource {
    /// `--kubeconfig F`: only this file.
    std::optional<std::string> explicitPath;
    /// `$KUBECONFIG`; empty: `~/.kube/config`.
    std::string environmentList;
    std::string homeDirectory;

    /// From the process environment.
    static KubeconfigSource fromEnvironment(std::optional<std::string> explicitPath = {});
};

struct KubeContext {
    std::string name;
    std::string cluster;
    std::string user;
    std::string ns;
    bool current = false;
};

class Kubeconfig {
public:
    static Result<Kubeconfig> load(const KubeconfigSource& source);
    Kubeconfig(Kubeconfig&&) noexcept;
    Kubeconfig& operator=(Kubeconfig&&) noexcept;
    ~Kubeconfig();

    [[nodiscard]] const std::vector<KubeContext>& contexts() const noexcept;
    /// `context` empty: current-context. `clock` decides when cached credentials expire.
    [[nodiscard]] Result<ClusterAccess> access(std::string_view context, const Clock& clock) const;

private:
    struct Data;
    explicit Kubeconfig(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

/// The pod's own account: KUBERNETES_SERVICE_HOST/PORT and
/// /var/run/secrets/kubernetes.io/serviceaccount/{token,ca.crt,namespace}; the token is re-read every 60 s.
Result<ClusterAccess> inClusterAccess(
    const Clock& clock, std::string_view accountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount");

}  // namespace cerebral::kube
