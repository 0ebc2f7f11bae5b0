#pragma once
/// @file ClusterAccess: everything needed to talk to one API server as one identity.
///
/// Produced from a kubeconfig (`kubeconfig.h`) or from the pod's own account (`in_cluster.h`).

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/net/http_transport.h"

namespace cerebral::kube {

/// Supplies what proves the identity, request by request. Thread-safe. May block (an exec plugin
/// runs a program, a token file is read), therefore never called on the GUI or I/O thread.
class Credentials {
public:
    virtual ~Credentials() = default;
    /// Adds token, Basic or client certificate (a copy of `request.tls` with the certificate).
    virtual Result<void> apply(net::HttpRequest& request, std::stop_token stop) = 0;
    /// The server answered 401: drop what is cached. Returns true when trying once more makes sense.
    virtual bool renew() = 0;
};

struct ClusterAccess {
    std::string server;            ///< "https://host:6443", no trailing slash
    std::string contextName;       ///< for people; "in-cluster" for a pod
    std::string defaultNamespace;  ///< "default" when the context names none
    std::string proxyUrl;
    bool disableCompression = false;
    std::shared_ptr<const net::TlsOptions> tls;
    std::shared_ptr<Credentials> credentials;
    /// Impersonate-User, -Uid, -Group headers.
    net::Headers impersonation;
};

}  // namespace cerebral::kube
