#pragma once
/// @file PlatformUnderTest: the real receiver process in front of the real demo cluster process.
///
/// Both listen on ports the kernel chose and end with this object. What the cluster holds is asked of
/// the cluster's own record or of kubectl, never of our client alone.

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <memory>

#include "tests/support/child_process.h"

namespace cerebral::test {

struct PlatformOptions {
    QStringList clusterArguments{"--speed", "200"};
    /// The receiver's YAML; empty: built-in defaults.
    QByteArray config;
};

class PlatformUnderTest {
public:
    /// Empty `problem()` when both are ready.
    explicit PlatformUnderTest(const PlatformOptions& options = {});

    [[nodiscard]] QString problem() const { return problem_; }
    [[nodiscard]] QString kubeconfig() const { return folder_.filePath("kubeconfig"); }
    [[nodiscard]] QString secretFile() const { return folder_.filePath("secret"); }
    [[nodiscard]] QString folder() const { return folder_.path(); }
    [[nodiscard]] QString receiverUrl() const { return receiverUrl_; }
    [[nodiscard]] QString registryHost() const { return registryHost_; }
    [[nodiscard]] ChildProcess& receiver() { return *receiver_; }
    [[nodiscard]] ChildProcess& cluster() { return *cluster_; }
    /// The API server is killed; nothing answers on its port.
    void killCluster();
    /// It comes back on the same ports with the same keys, but without what happened since its start: as restored
    /// from a backup. False when it does not.
    bool restartCluster();
    static QByteArray secret();

    /// `cerebralctl send` of a file; the JSON answer and the exit code.
    struct Answer {
        int exitCode = -1;
        QJsonObject json;
        QByteArray error;
    };
    [[nodiscard]] Answer send(const QString& payloadFile, const QStringList& more = {}) const;
    /// What the API server answers to a GET, as bytes; aborts the test program unless that is 200.
    [[nodiscard]] QByteArray apiGet(const QString& path) const;
    /// Attempts to create an object of this kind, by the API server's own account.
    [[nodiscard]] QJsonArray createRecord(const QString& kind = QStringLiteral("PipelineRun")) const;
    /// GET of any path of the API server, as the administrator; empty when it answers with an error.
    [[nodiscard]] QJsonObject read(const QString& path) const;

private:
    /// Empty: it said it is ready.
    [[nodiscard]] QString startCluster();
    /// Where the pod proxy reaches the receiver's admin port.
    void tellCluster();

    QTemporaryDir folder_;
    QStringList clusterArguments_;
    int apiPort_ = 0;
    int registryPort_ = 0;
    int adminPort_ = 0;
    std::unique_ptr<ChildProcess> cluster_;
    std::unique_ptr<ChildProcess> receiver_;
    QString receiverUrl_;
    QString controlUrl_;
    QString apiUrl_;
    QString registryHost_;
    QString problem_;
};

}  // namespace cerebral::test
