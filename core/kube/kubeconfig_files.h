#pragma once
/// @file The content of kubeconfig files, parsed and merged but not yet judged. Private to the
/// kubeconfig .cpp files.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/kube/exec_config.h"
#include "core/kube/kubeconfig.h"

namespace cerebral::kube {

/// A field that comes either as a file or as base64 inside the kubeconfig.
struct FileOrData {
    std::string file;  ///< absolute
    Secret data;       ///< decoded
    [[nodiscard]] bool present() const { return !file.empty() || !data.empty(); }
};

struct ClusterEntry {
    std::string file;  ///< the kubeconfig it stands in, for messages
    std::string server;
    std::string tlsServerName;
    std::string proxyUrl;
    FileOrData authority;
    bool insecure = false;
    bool disableCompression = false;
};

struct UserEntry {
    std::string file;
    FileOrData certificate;
    FileOrData key;
    Secret token;
    std::string tokenFile;  ///< absolute
    std::string username;
    Secret password;
    std::string authProvider;
    std::optional<ExecConfig> exec;
    std::string asUser;
    std::string asUid;
    std::vector<std::string> asGroups;
    std::vector<std::pair<std::string, std::string>> asExtra;
};

struct ContextEntry {
    std::string file;
    std::string cluster;
    std::string user;
    std::string ns;
};

struct KubeconfigContent {
    std::vector<std::string> files;  ///< those that were read
    std::string currentContext;
    std::vector<std::string> contextOrder;
    std::map<std::string, ClusterEntry, std::less<>> clusters;
    std::map<std::string, UserEntry, std::less<>> users;
    std::map<std::string, ContextEntry, std::less<>> contexts;
};

/// Adds what `path` holds and `content` does not have yet.
Result<void> mergeKubeconfigFile(const std::string& path, const std::string& text, KubeconfigContent& content);

}  // namespace cerebral::kube
