#include <cstdlib>

#include "core/base/read_file.h"
#include "core/kube/credentials.h"
#include "core/kube/kubeconfig.h"

namespace cerebral::kube {
namespace {

std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    return text;
}

}  // namespace

Result<ClusterAccess> inClusterAccess(const Clock& clock, std::string_view accountDirectory) {
    const char* host = std::getenv("KUBERNETES_SERVICE_HOST");
    const char* port = std::getenv("KUBERNETES_SERVICE_PORT");
    if (host == nullptr || port == nullptr || *host == '\0' || *port == '\0') {
        return fail(ErrorKind::Config,
                    "not running in a cluster: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set");
    }
    const std::string directory(accountDirectory);
    auto authority = readFile(directory + "/ca.crt");
    if (!authority) return fail(ErrorKind::Config, "in-cluster: " + authority.error().message);
    auto credentials = makeTokenFileCredentials(directory + "/token", clock, "in-cluster");
    if (!credentials) return fail(credentials.error());

    ClusterAccess access;
    const std::string name(host);
    access.server = "https://" + (name.find(':') == std::string::npos ? name : "[" + name + "]") + ":" + port;
    access.contextName = "in-cluster";
    access.defaultNamespace = "default";
    if (auto ns = readFile(directory + "/namespace"); ns && !trimmed(*ns).empty()) {
        access.defaultNamespace = trimmed(std::move(*ns));
    }
    net::TlsOptions tls;
    tls.caPem = std::move(*authority);
    access.tls = std::make_shared<const net::TlsOptions>(std::move(tls));
    access.credentials = std::move(*credentials);
    return access;
}

}  // namespace cerebral::kube
