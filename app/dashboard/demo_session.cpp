#include "app/dashboard/demo_session.h"

#include <signal.h>
#include <sys/prctl.h>

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QRandomGenerator>

namespace cerebral::dashboard {
namespace {

constexpr int kPushEverySeconds = 20;
constexpr int kEndWaitMs = 3000;
/// Some days of work, so that medians, trends and the table have something to show at once.
constexpr std::size_t kPastRuns = 240;
constexpr std::size_t kPastPods = 120;

Secret randomSecret() {
    QByteArray bytes(32, Qt::Uninitialized);
    QRandomGenerator::system()->generate(reinterpret_cast<quint32*>(bytes.data()),
                                         reinterpret_cast<quint32*>(bytes.data() + bytes.size()));
    return Secret(bytes.toHex().toStdString());
}

Result<void> writePrivate(const QString& path, const std::string& text) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
        file.write(text.data(), static_cast<qint64>(text.size())) < 0) {
        return fail(ErrorKind::Io, "cannot write " + path.toStdString());
    }
    return {};
}

/// In the child, before it becomes the receiver: it ends with us even when we are killed, and the signals
/// that the dashboard reads from a file are its own again. Async-signal-safe calls only.
void prepareReceiver() {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

DemoSession::DemoSession(Logger& log, const std::string& receiverProgram, QObject* parent)
    : QObject(parent),
      log_(log),
      receiverProgram_(receiverProgram.empty()
                           ? QCoreApplication::applicationDirPath() + QStringLiteral("/github-webhook-receiver")
                           : QString::fromStdString(receiverProgram)),
      secret_(randomSecret()) {}

DemoSession::~DemoSession() {
    if (receiver_.state() == QProcess::NotRunning) return;
    receiver_.disconnect(this);  // its end is our doing
    receiver_.terminate();
    if (!receiver_.waitForFinished(kEndWaitMs)) {
        receiver_.kill();
        receiver_.waitForFinished(kEndWaitMs);
    }
}

std::string DemoSession::kubeconfigPath() const {
    return folder_.filePath(QStringLiteral("kubeconfig")).toStdString();
}

std::string DemoSession::configPath() const {
    return folder_.filePath(QStringLiteral("cerebral.yaml")).toStdString();
}

Result<void> DemoSession::start() {
    if (!folder_.isValid()) return fail(ErrorKind::Io, "no temporary folder: " + folder_.errorString().toStdString());
    demo::DemoOptions options;
    options.runs = kPastRuns;
    options.pods = kPastPods;
    auto cluster = demo::DemoCluster::start(options, log_);
    if (!cluster) return fail(cluster.error());
    cluster_ = std::move(*cluster);
    if (auto written = writePrivate(QString::fromStdString(kubeconfigPath()), cluster_->kubeconfig()); !written)
        return written;
    if (auto written = writePrivate(QString::fromStdString(configPath()), cluster_->configYaml()); !written)
        return written;
    // Without a receiver nobody can push, but the cluster's past is worth looking at.
    if (auto started = startReceiver(); !started)
        log_.error("no receiver, no pushes", {{"error", started.error().message}});
    return {};
}

Result<void> DemoSession::startReceiver() {
    // The receiver follows the current context of its kubeconfig: give it its own account.
    QString kubeconfig = QString::fromStdString(cluster_->kubeconfig());
    kubeconfig.replace(QStringLiteral("current-context: demo\n"), QStringLiteral("current-context: demo-receiver\n"));
    const QString path = folder_.filePath(QStringLiteral("receiver.kubeconfig"));
    if (auto written = writePrivate(path, kubeconfig.toStdString()); !written) return written;

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PORT"), QStringLiteral("0"));
    environment.insert(QStringLiteral("ADMIN_PORT"), QStringLiteral("0"));
    environment.insert(QStringLiteral("LISTEN_ADDRESS"), QStringLiteral("127.0.0.1"));
    environment.insert(QStringLiteral("ADMIN_ADDRESS"), QStringLiteral("127.0.0.1"));
    environment.insert(QStringLiteral("KUBECONFIG"), path);
    environment.insert(QStringLiteral("CEREBRAL_CONFIG"), QString::fromStdString(configPath()));
    environment.insert(QStringLiteral("SPOOL_DIR"), folder_.filePath(QStringLiteral("spool")));
    environment.insert(QStringLiteral("GITHUB_WEBHOOK_SECRET"), QString::fromUtf8(secret_.reveal().data()));
    environment.remove(QStringLiteral("GITHUB_WEBHOOK_SECRET_PREVIOUS"));
    receiver_.setProcessEnvironment(environment);
    receiver_.setChildProcessModifier(prepareReceiver);
    receiver_.setProcessChannelMode(QProcess::SeparateChannels);
    receiver_.setStandardErrorFile(QProcess::nullDevice());
    connect(&receiver_, &QProcess::readyReadStandardOutput, this, &DemoSession::readReceiver);
    connect(&receiver_, &QProcess::finished, this, [this](int code) {
        log_.warn("receiver ended", {{"code", code}});
    });
    receiver_.start(receiverProgram_, {});
    if (!receiver_.waitForStarted(kEndWaitMs)) {
        return fail(ErrorKind::Io,
                    "cannot start " + receiverProgram_.toStdString() + ": " + receiver_.errorString().toStdString());
    }
    return {};
}

void DemoSession::readReceiver() {
    while (receiver_.canReadLine()) {
        const QJsonObject line = QJsonDocument::fromJson(receiver_.readLine()).object();
        if (teamStarted_ || line.value(QStringLiteral("event")).toString() != QLatin1String("listening")) continue;
        if (line.contains(QStringLiteral("adminPort"))) {
            adminPort_ = static_cast<quint16>(line.value(QStringLiteral("adminPort")).toInt());
        }
        if (line.contains(QStringLiteral("port")))
            port_ = static_cast<quint16>(line.value(QStringLiteral("port")).toInt());
        if (port_ != 0 && adminPort_ != 0) startTeam(port_, adminPort_);
    }
}

void DemoSession::startTeam(quint16 port, quint16 adminPort) {
    teamStarted_ = true;
    demo::TeamOptions team;
    team.receiverUrl = "http://127.0.0.1:" + std::to_string(port) + "/";
    team.receiverAdminUrl = "http://127.0.0.1:" + std::to_string(adminPort);
    team.webhookSecret = secret_;
    team.pushEvery = std::chrono::seconds(kPushEverySeconds);
    if (auto started = cluster_->startTeam(std::move(team)); !started) {
        log_.error("team did not start", {{"error", started.error().message}});
        return;
    }
    emit teamStarted();
}

}  // namespace cerebral::dashboard
