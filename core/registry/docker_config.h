#pragma once
/// @file Docker's config.json (also what Kubernetes pull secrets hold): who one is to which registry.
///
/// Source: docker/cli cli/config/configfile/file.go, cli/config/credentials. credHelpers outrank
/// credsStore, which outranks auths. Helpers are run as `docker-credential-NAME get`.

#include <chrono>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/secret.h"

namespace cerebral::registry {

struct RegistryCredentials {
    std::string user;
    Secret password;
    /// Of an OAuth 2 login: exchanged at the token server; user and password are empty then.
    Secret identityToken;

    [[nodiscard]] bool empty() const noexcept { return user.empty() && identityToken.empty(); }
};

struct DockerConfig {
    std::map<std::string, RegistryCredentials, std::less<>> auths;  ///< by registry, as registryKey writes it
    std::map<std::string, std::string, std::less<>> helpers;        ///< registry → helper's name
    std::string store;                                              ///< helper of every other registry
};

/// Entries that cannot be read are errors that name their registry, never their content.
[[nodiscard]] Result<DockerConfig> parseDockerConfig(std::string_view json, std::string_view file);
/// $DOCKER_CONFIG/config.json or ~/.docker/config.json; an empty configuration when there is none.
[[nodiscard]] Result<DockerConfig> loadDockerConfig();

/// "https://10.34.0.202:5000/v2/" → "10.34.0.202:5000". Docker Hub's names are one: "index.docker.io".
[[nodiscard]] std::string registryKey(std::string_view registry);

/// Empty credentials when the configuration names none for it. `registry` is "host:port".
[[nodiscard]] Result<RegistryCredentials> findCredentials(const DockerConfig& config, std::string_view registry,
                                                          std::stop_token stop);

/// Runs one helper. Empty credentials when it knows none ("credentials not found in native keychain").
[[nodiscard]] Result<RegistryCredentials> askCredentialHelper(
    const std::string& name, std::string_view serverUrl, std::stop_token stop,
    std::chrono::milliseconds limit = std::chrono::seconds(30));

}  // namespace cerebral::registry
