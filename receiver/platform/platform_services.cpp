#include "receiver/platform/platform_services.h"

#include <random>
#include <set>

#include "core/kube/json_object_sink.h"
#include "core/kube/reflector.h"
#include "core/kube/resource_type.h"

namespace cerebral::receiver {
namespace {

namespace json = kube::json;

constexpr std::string_view kRepositoryPrefix = "/cerebral/";

struct PlatformDeployment {
    kube::ObjectMeta meta;
    std::vector<std::string> images;
};

Result<PlatformDeployment> decodeDeployment(json::Element element) {
    auto meta = json::decodeMeta(element);
    if (!meta) return fail(meta.error());
    PlatformDeployment deployment;
    deployment.meta.name = std::move(meta->name);
    deployment.meta.ns = std::move(meta->ns);
    deployment.meta.uid = std::move(meta->uid);
    deployment.meta.resourceVersion = std::move(meta->resourceVersion);
    json::Element pod;
    if (element.at_pointer("/spec/template/spec").get(pod) == simdjson::SUCCESS) {
        json::each(pod, "containers",
                   [&](json::Element container) { deployment.images.push_back(json::string(container, "image")); });
    }
    return deployment;
}

/// "ai-services" out of "REGISTRY/cerebral/ai-services:main@sha256:…"; empty when it is not ours.
std::string_view serviceOf(std::string_view image, std::string_view registry) {
    if (!image.starts_with(registry)) return {};
    image.remove_prefix(registry.size());
    if (!image.starts_with(kRepositoryPrefix)) return {};
    image.remove_prefix(kRepositoryPrefix.size());
    return image.substr(0, image.find_first_of(":@"));
}

}  // namespace

class PlatformServices::Impl {
public:
    Impl(kube::KubeClient& client, Clock& clock, const std::string& ns)
        : sink(store, &decodeDeployment),
          reflector(client, sink, clock, std::make_shared<kube::ServerFeatures>(), options(ns)) {}

    static kube::ReflectorOptions options(const std::string& ns) {
        kube::ReflectorOptions options;
        options.type = kube::types::kDeployments;
        options.ns = ns;
        options.seed = std::random_device{}();
        return options;
    }

    kube::Store<PlatformDeployment> store;
    kube::JsonObjectSink<PlatformDeployment> sink;
    kube::Reflector reflector;
};

PlatformServices::PlatformServices(kube::KubeClient& client, Clock& clock, const std::string& ns)
    : impl_(std::make_unique<Impl>(client, clock, ns)) {}
PlatformServices::~PlatformServices() = default;

void PlatformServices::start() {
    impl_->reflector.start();
}

webhook::PlatformServices PlatformServices::names(const std::string& registry) const {
    const kube::SyncState state = impl_->reflector.state();
    if (!state.hasSynced || state.phase == kube::SyncPhase::Forbidden) return std::nullopt;
    std::set<std::string> names;
    for (const auto& deployment : impl_->store.snapshot()) {
        for (const std::string& image : deployment->images) {
            if (const auto service = serviceOf(image, registry); !service.empty()) names.emplace(service);
        }
    }
    return std::vector<std::string>(names.begin(), names.end());
}

}  // namespace cerebral::receiver
