#pragma once
/// @file DemoServices: RunServices on a demo cluster in this process, as one of the contexts of its kubeconfig.

#include <QTemporaryDir>
#include <fstream>

#include "app/demo/demo_cluster.h"
#include "core/kube/kubeconfig.h"
#include "core/net/curl_transport.h"
#include "ui/bridge/run_services.h"

namespace cerebral::test {

class DemoServices final : public ui::RunServices {
public:
    DemoServices(const demo::DemoCluster& cluster, const char* context) {
        const std::string path = folder_.filePath(QStringLiteral("kubeconfig")).toStdString();
        std::ofstream(path) << cluster.kubeconfig();
        const auto config = kube::Kubeconfig::load({path, {}, {}});
        if (!config) qFatal("%s", config.error().message.c_str());
        auto access = config->access(context, clock_);
        if (!access) qFatal("%s", access.error().message.c_str());
        client_ = std::make_unique<kube::KubeClient>(transport_, std::move(*access));
    }
    kube::KubeClient& client() override { return *client_; }
    Clock& clock() override { return clock_; }
    std::string clusterName() const override { return "demo"; }
    history::History* history() override { return nullptr; }
    void openRun(const std::string&, const std::string&) override {}
    void closeRun(const std::string&, const std::string&) override {}

private:
    QTemporaryDir folder_;
    SystemClock clock_;
    net::CurlTransport transport_;
    std::unique_ptr<kube::KubeClient> client_;
};

}  // namespace cerebral::test
