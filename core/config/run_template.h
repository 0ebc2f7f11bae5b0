#pragma once
/// @file The PipelineRun template: what a run looks like, as YAML in the configuration (`runTemplate`).
///
/// Values stand as `$(name)` inside scalar nodes and are set on nodes, never in the text: a branch named
/// `"}]` stays a value. Names without a dot are ours and must be known; names with one
/// (`$(context.pipelineRun.name)`) are Tekton's and pass through. Keys hold no values.
///
/// Not the template's business, because "exactly once" and the dashboard depend on it: metadata.name and
/// namespace, and the labels and annotations of core/tekton/run_labels.h, which are set over whatever it says.
/// Entries of spec.workspaces whose secret has no name after substitution are left out.

#include <array>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace cerebral::config {

inline constexpr std::array<std::string_view, 30> kTemplateValues{
    // the pipeline's parameters
    "repo-url", "revision", "branch", "image-name", "image-tag", "registry", "dockerfile", "context", "base-image",
    "base-tag", "deployment", "deploy-namespace", "deploy",
    // the configuration
    "pipeline", "service-account", "workspace-size", "docker-config-secret", "git-credentials-secret", "run-timeout",
    "namespace",
    // the push
    "name", "service", "repository", "ref", "before", "trigger", "delivery", "message", "author", "pusher"};

/// The built-in template: cerebral-microservice-pipeline with the parameters of its contract.
[[nodiscard]] std::string_view builtInRunTemplate();

/// From YAML to the JSON text kept in Config::runTemplate. Errors as parseConfig's.
[[nodiscard]] Result<std::string> compileRunTemplate(std::string_view yaml, std::string_view fileName);

}  // namespace cerebral::config
