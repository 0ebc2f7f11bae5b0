#pragma once
/// @file DemoSession: the demo cluster in this process, the real receiver as a child, and the scripted
/// team pushing to it over HTTP.
///
/// Files (kubeconfig, configuration, spool) live in a private temporary folder that goes with the
/// session. The webhook secret is random and travels in the child's environment alone. Destroying the
/// session ends the receiver (SIGTERM, then by pid) and the cluster.

#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <memory>

#include "app/demo/demo_cluster.h"
#include "core/base/log.h"

namespace cerebral::dashboard {

class DemoSession : public QObject {
    Q_OBJECT
public:
    /// `receiverProgram`: empty for the one beside the running program.
    DemoSession(Logger& log, const std::string& receiverProgram, QObject* parent = nullptr);
    ~DemoSession() override;

    /// Cluster up, receiver started; the team begins when the receiver says where it listens. A receiver
    /// that cannot be started is logged: the cluster then shows its past alone.
    Result<void> start();

    [[nodiscard]] std::string kubeconfigPath() const;
    [[nodiscard]] std::string configPath() const;
    /// Private, and gone with the session.
    [[nodiscard]] std::string folder() const { return folder_.path().toStdString(); }
    [[nodiscard]] demo::DemoCluster& cluster() { return *cluster_; }

    /// Empty before `teamStarted`.
    [[nodiscard]] QString receiverUrl() const {
        return teamStarted_ ? QStringLiteral("http://127.0.0.1:%1/").arg(port_) : QString();
    }

signals:
    void teamStarted();

private:
    Result<void> startReceiver();
    void readReceiver();
    void startTeam(quint16 port, quint16 adminPort);

    Logger& log_;
    QString receiverProgram_;
    QTemporaryDir folder_;
    Secret secret_;
    std::unique_ptr<demo::DemoCluster> cluster_;
    QProcess receiver_;
    bool teamStarted_ = false;
    quint16 port_ = 0;
    quint16 adminPort_ = 0;
};

}  // namespace cerebral::dashboard
