#include "app/dashboard/cluster_link.h"

#include <random>

#include "core/kube/server_features.h"
#include "core/tekton/decode.h"

namespace cerebral::dashboard {

ClusterLink::ClusterLink(kube::ClusterAccess access, Namespaces namespaces, Clock& clock, ui::ClusterBridge& bridge)
    : namespaces_(std::move(namespaces)), bridge_(bridge), client_(transport_, std::move(access)) {
    runs_.setListener([this](const ui::RunChanges& changes) { bridge_.post(changes); });
    const auto features = std::make_shared<kube::ServerFeatures>();
    kube::ReflectorOptions options;
    options.type = kube::types::kPipelineRuns;
    options.ns = namespaces_.pipelines;
    options.seed = std::random_device{}();
    Kind kind;
    kind.plural = QStringLiteral("pipelineruns");
    kind.sink = tekton::makePipelineRunSink(runs_);
    kind.reflector = std::make_unique<kube::Reflector>(client_, *kind.sink, clock, features, std::move(options));
    kind.reflector->setStateListener([this](const kube::SyncState&) { bridge_.postSyncChange(); });
    kinds_.push_back(std::move(kind));
}

ClusterLink::~ClusterLink() = default;

void ClusterLink::start() {
    for (const Kind& kind : kinds_) kind.reflector->start();
}

std::vector<ui::KindSync> ClusterLink::kinds() const {
    std::vector<ui::KindSync> states;
    states.reserve(kinds_.size());
    for (const Kind& kind : kinds_) states.push_back({kind.plural, kind.reflector->state()});
    return states;
}

QString ClusterLink::context() const {
    return QString::fromStdString(client_.access().contextName);
}

QStringList ClusterLink::namespaces() const {
    return {QString::fromStdString(namespaces_.pipelines), QString::fromStdString(namespaces_.platform)};
}

void ClusterLink::retryNow() {
    for (const Kind& kind : kinds_) kind.reflector->retryNow();
}

}  // namespace cerebral::dashboard
