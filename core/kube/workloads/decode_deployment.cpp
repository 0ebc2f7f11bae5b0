#include "core/kube/json_object_sink.h"
#include "core/kube/workloads/decode.h"
#include "core/kube/workloads/decode_workload_parts.h"

namespace cerebral::kube {
namespace {

using json::Element;

void decodeSpec(Element spec, Deployment& deployment) {
    deployment.replicas = decodeCount(spec, "replicas", 1);
    deployment.paused = json::boolean(spec, "paused");
    if (json::field(spec, "progressDeadlineSeconds")) {
        deployment.progressDeadlineSeconds = decodeCount(spec, "progressDeadlineSeconds");
    }
    if (const auto selector = json::field(spec, "selector")) {
        json::Object labels;
        if ((*selector)["matchLabels"].get(labels) == simdjson::SUCCESS) {
            for (const auto [name, value] : labels) {
                std::string_view text;
                if (value.get(text) == simdjson::SUCCESS) deployment.selector.emplace(name, text);
            }
        }
    }
    TemplateParts parts = decodeTemplate(spec);
    deployment.images = std::move(parts.images);
    deployment.restartedAt = parts.restartedAt;
}

void decodeStatus(Element status, Deployment& deployment) {
    deployment.observedGeneration = json::integer(status, "observedGeneration");
    deployment.statusReplicas = decodeCount(status, "replicas");
    deployment.updatedReplicas = decodeCount(status, "updatedReplicas");
    deployment.readyReplicas = decodeCount(status, "readyReplicas");
    deployment.availableReplicas = decodeCount(status, "availableReplicas");
    deployment.conditions = decodeConditions(status);
}

Result<Deployment> decode(Element object) {
    auto meta = json::decodeMeta(object);
    if (!meta) return fail(std::move(meta.error()));
    Deployment deployment;
    deployment.meta = std::move(*meta);
    if (const auto spec = json::field(object, "spec")) decodeSpec(*spec, deployment);
    if (const auto status = json::field(object, "status")) decodeStatus(*status, deployment);
    return deployment;
}

}  // namespace

Result<Deployment> decodeDeployment(std::string_view text) {
    return json::decodeText(text, decode);
}

std::unique_ptr<ObjectSink> makeDeploymentSink(Store<Deployment>& store) {
    return std::make_unique<JsonObjectSink<Deployment>>(store, decode);
}

}  // namespace cerebral::kube
