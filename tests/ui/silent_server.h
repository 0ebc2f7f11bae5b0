#pragma once
/// @file SilentServer: takes connections and never answers, for tests of what waits; its RunServices.

#include <QTcpServer>
#include <QTcpSocket>

#include "core/net/curl_transport.h"
#include "ui/bridge/run_services.h"

namespace cerebral::test {

class SilentServer final : public ui::RunServices {
public:
    explicit SilentServer(Clock& clock) : clock_(clock) {
        if (!server_.listen(QHostAddress::LocalHost)) qFatal("no port to listen on");
        client_ = std::make_unique<kube::KubeClient>(transport_, access());
    }
    [[nodiscard]] QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(server_.serverPort()); }
    /// Somebody waits for an answer.
    [[nodiscard]] bool asked() const { return server_.hasPendingConnections(); }

    kube::KubeClient& client() override { return *client_; }
    Clock& clock() override { return clock_; }
    std::string clusterName() const override { return "silent"; }
    history::History* history() override { return nullptr; }
    void openRun(const std::string&, const std::string&) override {}
    void closeRun(const std::string&, const std::string&) override {}

private:
    [[nodiscard]] kube::ClusterAccess access() const {
        kube::ClusterAccess access;
        access.server = url().toStdString();
        return access;
    }

    Clock& clock_;
    QTcpServer server_;
    net::CurlTransport transport_;
    std::unique_ptr<kube::KubeClient> client_;
};

}  // namespace cerebral::test
