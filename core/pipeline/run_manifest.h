#pragma once
/// @file The PipelineRun manifest (tekton.dev/v1) for one build request, as JSON.
///
/// Parameters, workspaces, labels and annotations are the contract of design.md section 5 with
/// cerebral-microservice-pipeline and with the dashboard. Values are set on JSON nodes, never by
/// text substitution: a branch named `"}]` stays a value.
///
/// Spec and further metadata come from Config::runTemplate; name, namespace and the contract's labels and
/// annotations are set over it. Annotations are one line of plain text each and bounded (all together
/// under 10 KiB; Kubernetes allows 256 KiB); empty ones are left out.

#include <map>
#include <string>

#include "core/config/config.h"
#include "core/pipeline/build_request.h"

namespace cerebral::pipeline {

[[nodiscard]] std::string runManifestJson(const BuildRequest& request, const config::Config& config);
/// The values a template may use (core/config/run_template.h), by name.
[[nodiscard]] std::map<std::string, std::string, std::less<>> templateValues(const BuildRequest& request,
                                                                             const config::Config& config);
/// The same object as YAML, for people (`--dry-run`, rebuild dialog).
[[nodiscard]] std::string runManifestYaml(const BuildRequest& request, const config::Config& config);

}  // namespace cerebral::pipeline
