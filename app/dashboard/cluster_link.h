#pragma once
/// @file ClusterLink: the reflectors of one cluster, feeding the bridge.
///
/// GUI thread. Destroying it cancels and joins every reflector, so that nothing posts to the bridge
/// afterwards.

#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/kube/kube_client.h"
#include "core/kube/object_sink.h"
#include "core/kube/reflector.h"
#include "core/kube/store.h"
#include "core/net/curl_transport.h"
#include "core/tekton/pipeline_run.h"
#include "ui/bridge/cluster_bridge.h"
#include "ui/pages/main_window.h"

namespace cerebral::dashboard {

class ClusterLink final : public ui::ClusterStatus {
public:
    struct Namespaces {
        std::string pipelines;
        std::string platform;
    };
    ClusterLink(kube::ClusterAccess access, Namespaces namespaces, Clock& clock, ui::ClusterBridge& bridge);
    ~ClusterLink() override;

    void start();

    [[nodiscard]] std::vector<ui::KindSync> kinds() const override;
    [[nodiscard]] QString context() const override;
    [[nodiscard]] QStringList namespaces() const override;
    void retryNow() override;

private:
    struct Kind {
        QString plural;
        std::unique_ptr<kube::ObjectSink> sink;
        std::unique_ptr<kube::Reflector> reflector;
    };

    Namespaces namespaces_;
    ui::ClusterBridge& bridge_;
    net::CurlTransport transport_;
    kube::KubeClient client_;
    kube::Store<tekton::PipelineRun> runs_;
    std::vector<Kind> kinds_;
};

}  // namespace cerebral::dashboard
