#pragma once
/// @file ClusterLink: one cluster, followed by a session that feeds the bridge.
///
/// GUI thread. Destroying it ends every thread of the session, so that nothing posts to the bridge
/// afterwards.

#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/kube/session/cluster_session.h"
#include "ui/bridge/cluster_bridge.h"
#include "ui/bridge/journey_worker.h"
#include "ui/bridge/run_services.h"
#include "ui/pages/main_window.h"

namespace cerebral::dashboard {

class ClusterLink final : public ui::ClusterStatus, public ui::RunServices {
public:
    struct Namespaces {
        std::string pipelines;
        std::string platform;
    };
    /// All must outlive the link; `history` may be null.
    ClusterLink(kube::ClusterAccess access, Namespaces namespaces, Clock& clock, ui::ClusterBridge& bridge,
                history::History* history);
    ~ClusterLink() override;

    void start();

    [[nodiscard]] std::vector<ui::KindSync> kinds() const override;
    [[nodiscard]] QString context() const override;
    [[nodiscard]] QStringList namespaces() const override;
    void retryNow() override;
    void askCommit(const std::string& commit) override;

    [[nodiscard]] kube::KubeClient& client() override;
    [[nodiscard]] Clock& clock() override { return clock_; }
    [[nodiscard]] std::string clusterName() const override;
    [[nodiscard]] history::History* history() override { return history_; }
    void openRun(const std::string& ns, const std::string& name) override;
    void closeRun(const std::string& ns, const std::string& name) override;

private:
    /// Hands on what the session's threads tell.
    class Listener;

    Namespaces namespaces_;
    Clock& clock_;
    history::History* history_;
    ui::ClusterBridge& bridge_;
    std::unique_ptr<ui::JourneyWorker> journeys_;
    std::unique_ptr<Listener> listener_;
    std::unique_ptr<session::ClusterSession> session_;
};

}  // namespace cerebral::dashboard
