#pragma once
/// @file Config: what is built, from where, with what. One YAML file, every field defaulted to the
/// platform's own names, so that the environment alone suffices.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace cerebral::config {

struct ServiceRule {
    std::string name;
    /// Path patterns that belong to the service: a folder ("microservices/ai-services/**"), a file
    /// ("README.md") or globs with * and **. Default: microservices/NAME/**.
    std::vector<std::string> paths;
    std::string dockerfile;            ///< default microservices/NAME/Dockerfile
    std::string context;               ///< default microservices/NAME
    std::string image;                 ///< default cerebral/NAME
    std::string baseTag;               ///< "cuda" or "cpu"; empty: not built on a base image (a file's `baseTag: ""`)
    std::string deployment;            ///< default NAME
    std::vector<std::string> buildOn;  ///< branch globs; empty: all
    std::vector<std::string> deployOn;  ///< branch globs; empty: the default branch only

    friend bool operator==(const ServiceRule&, const ServiceRule&) = default;
};

struct Config {
    std::string registry = "10.34.0.202:5000";
    std::string baseImage = "cerebral/ai-base";
    /// For services that say nothing about their base, listed or found by folder.
    std::string defaultBaseTag = "cuda";
    std::string kubeNamespace = "tekton-pipelines";
    std::string deployNamespace = "cerebral-platform";
    std::string pipeline = "cerebral-microservice-pipeline";
    std::string serviceAccount = "cerebral-pipeline";
    std::string workspaceSize = "2Gi";
    std::string dockerConfigSecret = "docker-config";
    std::string gitCredentialsSecret;       ///< empty: public clone
    std::vector<std::string> repositories;  ///< allow-list "owner/name"; empty: all
    /// The folder rule: a change below `servicesRoot/NAME/` names service NAME even when it is not listed.
    std::string servicesRoot = "microservices";
    std::vector<ServiceRule> services;  ///< the platform's six by default
    /// A change to one of these rebuilds every service that has a baseTag.
    std::vector<std::string> baseImagePaths = {"docker/requirements-unified.txt", "docker/Dockerfile.ai-base.*"};
    /// A change to one of these rebuilds every service; a folder below servicesRoot named here is no service.
    std::vector<std::string> sharedPaths;
    /// Changes to these build nothing, whatever else they match.
    std::vector<std::string> ignoredPaths;
    /// A push may start at most this many builds: what bounds a push that names thousands of folders.
    std::size_t maxBuildsPerPush = 200;
    bool buildTags = false;
    bool supersede = true;
    /// Deliveries whose repository.pushed_at is older are ignored; 0 switches the limit off.
    std::chrono::hours maxPushAge{7 * 24};
    std::chrono::seconds runTimeout{3600};
    /// The PipelineRun's template (run_template.h) as JSON text; empty: the built-in one.
    std::string runTemplate;
};

/// Built in: fits the platform's guide.
[[nodiscard]] Config defaultConfig();

/// Errors carry "FILE:LINE:COLUMN: what is wrong, what would be right", one line for each, all at once.
/// Unknown keys, keys given twice and values out of their range are errors; so is a file over 1 MiB or
/// one whose aliases unfold to more than 20,000 nodes. `services` replaces the built-in list.
[[nodiscard]] Result<Config> parseConfig(std::string_view yaml, std::string_view fileName);
[[nodiscard]] Result<Config> loadConfig(const std::string& path);

/// One pattern against one path or branch: `*` and `?` within a segment, `**` across segments (`**/`
/// also matches nothing), a trailing `/` or `/**` means everything below. Time is bounded by the product
/// of the lengths squared, whatever the path.
[[nodiscard]] bool matchesPattern(std::string_view pattern, std::string_view path);

/// Fills the defaults that derive from the name (dockerfile, context, image, deployment, paths).
[[nodiscard]] ServiceRule completeRule(ServiceRule rule, std::string_view servicesRoot);

/// The rule for a service that is not listed: found by its folder or as a Deployment.
[[nodiscard]] ServiceRule unlistedRule(std::string_view name, const Config& config);

/// A DNS label (RFC 1123): what Deployments, images and labels accept alike.
[[nodiscard]] bool isServiceName(std::string_view name);

}  // namespace cerebral::config
