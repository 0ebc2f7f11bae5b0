#include "tests/e2e/platform.h"

#include <QFile>
#include <QJsonDocument>

#include "core/kube/kube_client.h"
#include "core/kube/kubeconfig.h"
#include "core/net/curl_transport.h"

namespace cerebral::test {
namespace {

void writeFile(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(bytes);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

}  // namespace

QByteArray PlatformUnderTest::secret() {
    return "a secret only this test knows";
}

PlatformUnderTest::PlatformUnderTest(const PlatformOptions& options) {
    writeFile(secretFile(), secret());
    clusterArguments_ = options.clusterArguments;
    problem_ = startCluster();
    if (!problem_.isEmpty()) return;

    ChildProcess::Environment environment{{"PORT", "0"},
                                          {"ADMIN_PORT", "0"},
                                          {"LISTEN_ADDRESS", "127.0.0.1"},
                                          {"KUBECONFIG", kubeconfig()},
                                          {"SPOOL_DIR", folder_.filePath("spool")},
                                          // On a busy machine "created" may take longer than GitHub should wait.
                                          {"ANSWER_BUDGET_MS", "8000"},
                                          {"GITHUB_WEBHOOK_SECRET", QString::fromUtf8(secret())}};
    if (!options.config.isEmpty()) {
        writeFile(folder_.filePath("config.yaml"), options.config);
        environment["CEREBRAL_CONFIG"] = folder_.filePath("config.yaml");
    }
    receiver_ = std::make_unique<ChildProcess>("github-webhook-receiver", QStringList{}, environment);
    const auto listening =
        receiver_->waitForJson([](const QJsonObject& line) { return line.value("event") == "listening"; });
    if (!listening) {
        problem_ = "the receiver did not start: " + receiver_->standardError() + receiver_->standardOutput();
        return;
    }
    receiverUrl_ = QStringLiteral("http://127.0.0.1:%1/").arg(listening->value("port").toInt());
    const auto admin = receiver_->waitForJson(
        [](const QJsonObject& line) { return line.value("event") == "listening" && line.contains("adminPort"); });
    if (!admin) {
        problem_ = "the receiver has no admin port";
        return;
    }
    adminPort_ = admin->value("adminPort").toInt();
    tellCluster();
}

void PlatformUnderTest::tellCluster() {
    net::CurlTransport transport;
    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = controlUrl_.toStdString() + "/receiver";
    request.body = R"({"adminPort":)" + std::to_string(adminPort_) + "}";
    const auto answer = transport.send(request, {});
    if (!answer || answer->status != 200) problem_ = "the cluster does not take the receiver's admin port";
}

QString PlatformUnderTest::startCluster() {
    cluster_ = std::make_unique<ChildProcess>(
        "cerebral-demo-cluster",
        QStringList{"--port", QString::number(apiPort_), "--registry-port", QString::number(registryPort_),
                    "--write-kubeconfig", kubeconfig(), "--keys", folder_.filePath("keys")} +
            clusterArguments_);
    const auto said = cluster_->waitForJson([](const QJsonObject& line) { return line.contains("port"); });
    if (!said) return "the demo cluster did not start: " + cluster_->standardError();
    apiPort_ = said->value("port").toInt();
    registryPort_ = said->value("registryPort").toInt();
    controlUrl_ = said->value("control").toString();
    apiUrl_ = said->value("url").toString();
    registryHost_ = said->value("registry").toString();
    return {};
}

void PlatformUnderTest::killCluster() {
    cluster_->kill();
    (void)cluster_->waitForExit();
}

bool PlatformUnderTest::restartCluster() {
    if (!startCluster().isEmpty()) return false;
    tellCluster();
    return problem_.isEmpty();
}

PlatformUnderTest::Answer PlatformUnderTest::send(const QString& payloadFile, const QStringList& more) const {
    const Finished sent = runToEnd("cerebralctl", QStringList{"send", payloadFile, "--url", receiverUrl_,
                                                              "--secret-file", secretFile(), "--output", "json"} +
                                                      more);
    return {sent.exitCode, QJsonDocument::fromJson(sent.out).object(), sent.err + sent.out};
}

QJsonArray PlatformUnderTest::createRecord(const QString& kind) const {
    net::CurlTransport transport;
    net::HttpRequest request;
    request.url = controlUrl_.toStdString() + "/record";
    const auto answer = transport.send(request, {});
    if (!answer || answer->status != 200) qFatal("the cluster's record cannot be read");
    QJsonArray wanted;
    for (const QJsonValue entry :
         QJsonDocument::fromJson(QByteArray::fromStdString(answer->body))["creates"].toArray()) {
        if (entry["kind"] == kind) wanted << entry;
    }
    return wanted;
}

QByteArray PlatformUnderTest::apiGet(const QString& path) const {
    QFile file(kubeconfig());
    if (!file.open(QIODevice::ReadOnly)) qFatal("no kubeconfig");
    const QJsonDocument config = QJsonDocument::fromJson(file.readAll());
    net::TlsOptions tls;
    tls.caPem =
        QByteArray::fromBase64(config["clusters"][0]["cluster"]["certificate-authority-data"].toString().toLatin1())
            .toStdString();
    net::CurlTransport transport;
    net::HttpRequest request;
    request.url = (apiUrl_ + path).toStdString();
    request.tls = std::make_shared<const net::TlsOptions>(std::move(tls));
    request.bearerToken = Secret(config["users"][0]["user"]["token"].toString().toStdString());
    const auto answer = transport.send(request, {});
    if (!answer || answer->status != 200) {
        qFatal("%s: %s", qPrintable(path), answer ? answer->body.c_str() : answer.error().message.c_str());
    }
    return QByteArray::fromStdString(answer->body);
}

QJsonObject PlatformUnderTest::read(const QString& path) const {
    const SystemClock clock;
    const auto config = kube::Kubeconfig::load({kubeconfig().toStdString(), {}, {}});
    if (!config) qFatal("%s", config.error().message.c_str());
    auto access = config->access({}, clock);
    if (!access) qFatal("%s", access.error().message.c_str());
    net::CurlTransport transport;
    kube::KubeClient client(transport, std::move(*access));
    const auto answer = client.raw(net::Method::Get, path.toStdString(), {}, {});
    return answer ? QJsonDocument::fromJson(QByteArray::fromStdString(*answer)).object() : QJsonObject();
}

}  // namespace cerebral::test
