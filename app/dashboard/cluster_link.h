#pragma once
/// @file ClusterLink: one cluster at a time, followed by a session that feeds the bridge.
///
/// Nothing is loaded, connected or started before `start`: until then the link knows its names alone and says that it
/// is loading. GUI thread. Switching ends every thread of the old session before the new one begins, so that nothing
/// of the old cluster arrives afterwards; so does destroying the link.

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/kube/kubeconfig.h"
#include "core/kube/session/cluster_session.h"
#include "ui/bridge/cluster_bridge.h"
#include "ui/bridge/delivery_feed.h"
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
    struct Hooks {
        /// The cluster is about to go: end every call to it and forget what is known of it.
        std::function<void()> leave;
        /// Another one is followed.
        std::function<void()> arrive;
    };
    /// Of whoever needs it first: that thread waits until it is open. Null when it cannot be opened.
    using History = std::shared_future<std::shared_ptr<history::History>>;

    /// The others must outlive the link; `history` may be invalid: none is kept.
    ClusterLink(const kube::Kubeconfig& kubeconfig, kube::ClusterAccess access, Namespaces namespaces, Clock& clock,
                ui::ClusterBridge& bridge, History history);
    ~ClusterLink() override;

    /// Once is enough; what cannot wait for it (a call to the cluster) starts the link too, with a transport made
    /// there and then. Making one loads libraries and certificates: better elsewhere.
    void start(std::unique_ptr<net::HttpTransport> transport = nullptr);
    void setHooks(Hooks hooks) { hooks_ = std::move(hooks); }

    [[nodiscard]] std::vector<ui::KindSync> kinds() const override;
    [[nodiscard]] QString context() const override;
    [[nodiscard]] QStringList namespaces() const override;
    void retryNow() override;
    [[nodiscard]] QStringList contexts() const override;
    [[nodiscard]] QStringList knownNamespaces() const override;
    Result<void> switchContext(const QString& context) override;
    Result<void> switchNamespaces(const QString& pipelines, const QString& platform) override;
    void askCommit(const std::string& commit) override;

    [[nodiscard]] kube::KubeClient& client() override;
    [[nodiscard]] Clock& clock() override { return clock_; }
    [[nodiscard]] std::string clusterName() const override;
    [[nodiscard]] history::History* history() override { return history_.valid() ? history_.get().get() : nullptr; }
    void openRun(const std::string& ns, const std::string& name) override;
    void closeRun(const std::string& ns, const std::string& name) override;

private:
    /// Hands on what the session's threads tell.
    class Listener;

    void begin(kube::ClusterAccess access, std::unique_ptr<net::HttpTransport> transport);
    [[nodiscard]] const kube::ClusterAccess& access() const;
    void switchTo(kube::ClusterAccess access, Namespaces namespaces);

    const kube::Kubeconfig& kubeconfig_;
    const Namespaces configured_;
    Namespaces namespaces_;
    Clock& clock_;
    History history_;
    ui::ClusterBridge& bridge_;
    Hooks hooks_;
    std::optional<kube::ClusterAccess> pending_;  ///< of the session that is to begin
    SteadyTime since_;
    std::unique_ptr<ui::JourneyWorker> journeys_;
    std::unique_ptr<Listener> listener_;
    std::unique_ptr<session::ClusterSession> session_;
    std::unique_ptr<ui::DeliveryFeed> deliveries_;
};

}  // namespace cerebral::dashboard
