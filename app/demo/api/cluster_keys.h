#pragma once
/// @file ClusterKeys: what makes a cluster the same one to its clients after a restart: the certificate of its API
/// and the keys of its tokens.

#include <string>

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/net/server/http_server.h"

namespace cerebral::demo {

struct ClusterKeys {
    net::ServerTls tls;
    Secret administratorToken;
    Secret signingKey;
};

/// Fresh ones.
Result<ClusterKeys> makeClusterKeys();
/// Those of the file; a file that is not there is made (0600) with fresh ones.
Result<ClusterKeys> keptClusterKeys(const std::string& path);

/// Replaces the file; only its owner may read it.
Result<void> writePrivateFile(const std::string& path, const std::string& text);

}  // namespace cerebral::demo
