#pragma once
/// @file Settings: what the environment says (12-factor; the platform guide's names).
///
///   PORT                             3000; 0 lets the kernel choose (the log says which)
///   LISTEN_ADDRESS                   0.0.0.0
///   ADMIN_PORT                       9090; 0 as above
///   ADMIN_ADDRESS                    LISTEN_ADDRESS
///   GITHUB_WEBHOOK_SECRET            required, never empty
///   GITHUB_WEBHOOK_SECRET_PREVIOUS   accepted as well, while the secret is being rotated
///   KUBE_NAMESPACE                   overrides the configuration's kubeNamespace
///   KUBECONFIG                       absent: the pod's own account
///   CEREBRAL_CONFIG                  the YAML file; `--config` wins
///   SPOOL_DIR                        /var/spool/github-webhook-receiver
///   ANSWER_BUDGET_MS                 80
///   GITHUB_REDELIVERY_TOKEN          absent: off. Otherwise GitHub is asked to redeliver what failed while
///                                    nobody was here; the token may write the repository's webhooks
///   GITHUB_REDELIVERY_HOOK           owner/name/ID of the webhook
///   GITHUB_REDELIVERY_SECONDS        300: how often
///   GITHUB_API_URL                   https://api.github.com; https://HOST/api/v3 for an Enterprise Server

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/secret.h"

namespace cerebral::receiver {

struct RedeliverySettings {
    std::string apiUrl = "https://api.github.com";
    std::string repository;  ///< "owner/name"
    std::string hookId;
    std::chrono::milliseconds interval{300'000};
    Secret token;
};

struct Settings {
    std::string listenAddress = "0.0.0.0";
    std::uint16_t port = 3000;
    std::string adminAddress = "0.0.0.0";
    std::uint16_t adminPort = 9090;
    std::vector<Secret> secrets;  ///< current first, then the previous one
    std::string kubeNamespace;    ///< empty: the configuration's
    std::string configPath;       ///< empty: built-in defaults
    std::string spoolDir = "/var/spool/github-webhook-receiver";
    std::chrono::milliseconds answerBudget{80};
    std::string failpoint;
    std::optional<RedeliverySettings> redelivery;
};

using Environment = std::function<std::optional<std::string>(const char* name)>;

/// Errors name the variable and what it should hold, never a secret's value. `serving` false: the
/// program only checks or prints something, and needs no secret.
Result<Settings> readSettings(const Environment& environment, bool serving = true);

/// The process's own; `wipeSecrets` then overwrites the secret variables and removes them, so that
/// children and /proc/PID/environ do not carry them.
[[nodiscard]] Environment processEnvironment();
void wipeSecrets();

}  // namespace cerebral::receiver
