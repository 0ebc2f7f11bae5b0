#include "core/pipeline/run_manifest.h"

#include <cassert>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/plain_text.h"
#include "core/base/time_format.h"
#include "core/config/run_template.h"
#include "core/pipeline/json_yaml.h"
#include "core/pipeline/run_name.h"
#include "core/tekton/run_labels.h"

namespace cerebral::pipeline {
namespace {

using Json = nlohmann::ordered_json;
using Values = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kMaxMessage = 200;
constexpr std::size_t kMaxName = 200;
constexpr std::size_t kMaxReason = 500;
constexpr std::size_t kMaxRef = 500;
constexpr std::size_t kMaxUrl = 1000;

/// Tekton's durations are Go's: "1h0m0s".
std::string goDuration(std::chrono::seconds duration) {
    const auto total = duration.count();
    return std::to_string(total / 3600) + "h" + std::to_string(total / 60 % 60) + "m" + std::to_string(total % 60) +
           "s";
}

/// One pass: what a value brings in is not looked at again.
std::string substitute(const std::string& text, const Values& values) {
    std::string result;
    std::size_t done = 0;
    for (std::size_t at = text.find("$("); at != std::string::npos; at = text.find("$(", at + 2)) {
        const std::size_t end = text.find(')', at);
        if (end == std::string::npos) break;
        const auto value = values.find(std::string_view(text).substr(at + 2, end - at - 2));
        if (value == values.end()) continue;
        result.append(text, done, at - done).append(value->second);
        done = end + 1;
        at = end - 1;
    }
    return result.append(text, done);
}

void substituteNodes(Json& node, const Values& values) {
    if (node.is_string()) {
        node = substitute(node.get_ref<const std::string&>(), values);
    } else if (node.is_structured()) {
        for (Json& child : node) substituteNodes(child, values);
    }
}

/// Without a secret configured there is nothing to bind to an optional workspace.
void dropNamelessSecrets(Json& spec) {
    const auto workspaces = spec.find("workspaces");
    if (workspaces == spec.end() || !workspaces->is_array()) return;
    for (auto it = workspaces->begin(); it != workspaces->end();) {
        const bool nameless = it->is_object() && it->contains("secret") && (*it)["secret"].is_object() &&
                              (*it)["secret"].value("secretName", std::string("?")).empty();
        it = nameless ? workspaces->erase(it) : it + 1;
    }
}

/// A URL is whole or it is nothing.
std::string boundedUrl(std::string_view url) {
    return url.size() <= kMaxUrl ? plainLine(url) : std::string();
}

void set(Json& object, std::string_view key, std::string value) {
    if (value.empty())
        object.erase(std::string(key));
    else
        object[std::string(key)] = std::move(value);
}

void setLabels(Json& labels, const BuildRequest& request) {
    set(labels, tekton::labels::kManagedBy, std::string(tekton::labels::kManagedByValue));
    set(labels, tekton::labels::kService, request.service.name);
    set(labels, tekton::labels::kBranch, labelForBranch(request.branch));
    set(labels, tekton::labels::kCommit, request.after);
    set(labels, tekton::labels::kTrigger, webhook::toString(request.trigger));
}

void setAnnotations(Json& annotations, const BuildRequest& request) {
    namespace names = tekton::labels;
    set(annotations, names::kRepository, plainLine(request.repository, kMaxName));
    set(annotations, names::kRef, plainLine(request.ref, kMaxRef));
    set(annotations, names::kBefore, plainLine(request.before, kMaxName));
    set(annotations, names::kMessage, plainLine(firstLine(request.message), kMaxMessage));
    set(annotations, names::kAuthor, plainLine(request.author, kMaxName));
    set(annotations, names::kPusher, plainLine(request.pusher, kMaxName));
    set(annotations, names::kDelivery, plainLine(request.delivery, kMaxName));
    set(annotations, names::kReceivedAt, formatRfc3339Millis(request.receivedAt));
    set(annotations, names::kPushedAt, plainLine(request.pushedAtText, kMaxName));
    set(annotations, names::kCompareUrl, boundedUrl(request.compareUrl));
    set(annotations, names::kRequestId, plainLine(request.requestId, kMaxName));
    set(annotations, names::kRequestedBy, plainLine(request.requestedBy, kMaxName));
    set(annotations, names::kReason, plainLine(request.why, kMaxReason));
}

Json templateJson(const config::Config& config) {
    if (!config.runTemplate.empty()) return Json::parse(config.runTemplate);
    const auto builtIn = config::compileRunTemplate(config::builtInRunTemplate(), "built-in");
    assert(builtIn.has_value());
    return Json::parse(*builtIn);
}

Json runManifest(const BuildRequest& request, const config::Config& config) {
    Json source = templateJson(config);
    substituteNodes(source, templateValues(request, config));
    const auto member = [](Json& object, const char* key) {
        return object.contains(key) && object[key].is_object() ? object[key] : Json(Json::object());
    };
    Json sourceMeta = member(source, "metadata");
    Json labels = member(sourceMeta, "labels");
    Json annotations = member(sourceMeta, "annotations");
    setLabels(labels, request);
    setAnnotations(annotations, request);

    Json manifest;
    manifest["apiVersion"] = source["apiVersion"];
    manifest["kind"] = source["kind"];
    manifest["metadata"] = {{"name", runName(request)},
                            {"namespace", config.kubeNamespace},
                            {"labels", std::move(labels)},
                            {"annotations", std::move(annotations)}};
    dropNamelessSecrets(source["spec"]);
    manifest["spec"] = std::move(source["spec"]);
    return manifest;
}

}  // namespace

Values templateValues(const BuildRequest& request, const config::Config& config) {
    const config::ServiceRule& service = request.service;
    const std::string tag = tagForBranch(request.branch);
    const bool based = !service.baseTag.empty();
    return {
        {"repo-url", request.cloneUrl},
        {"revision", request.after},
        {"branch", request.branch},
        {"image-name", service.image},
        {"image-tag", tag},
        {"registry", config.registry},
        {"dockerfile", service.dockerfile},
        {"context", service.context},
        {"base-image", based ? config.registry + "/" + config.baseImage + ":" + service.baseTag : std::string()},
        {"base-tag", service.baseTag},
        {"deployment", service.deployment},
        {"deploy-namespace", config.deployNamespace},
        {"deploy", request.deploy ? "true" : "false"},
        {"pipeline", config.pipeline},
        {"service-account", config.serviceAccount},
        {"workspace-size", config.workspaceSize},
        {"docker-config-secret", config.dockerConfigSecret},
        {"git-credentials-secret", config.gitCredentialsSecret},
        {"run-timeout", goDuration(config.runTimeout)},
        {"namespace", config.kubeNamespace},
        {"name", runName(request)},
        {"service", service.name},
        {"repository", request.repository},
        {"ref", request.ref},
        {"before", request.before},
        {"trigger", webhook::toString(request.trigger)},
        {"delivery", plainLine(request.delivery, kMaxName)},
        {"message", plainLine(firstLine(request.message), kMaxMessage)},
        {"author", plainLine(request.author, kMaxName)},
        {"pusher", plainLine(request.pusher, kMaxName)},
    };
}

std::string runManifestJson(const BuildRequest& request, const config::Config& config) {
    return runManifest(request, config).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string runManifestYaml(const BuildRequest& request, const config::Config& config) {
    return yamlFromJson(runManifestJson(request, config));
}

}  // namespace cerebral::pipeline
