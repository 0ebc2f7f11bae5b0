#include "tests/e2e/platform.h"

#include <QFile>
#include <QJsonDocument>

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
    cluster_ = std::make_unique<ChildProcess>(
        "cerebral-demo-cluster",
        QStringList{"--port", "0", "--registry-port", "0", "--write-kubeconfig", kubeconfig()} +
            options.clusterArguments);
    const auto cluster = cluster_->waitForJson([](const QJsonObject& line) { return line.contains("port"); });
    if (!cluster) {
        problem_ = "the demo cluster did not start: " + cluster_->standardError();
        return;
    }
    controlUrl_ = cluster->value("control").toString();
    apiUrl_ = cluster->value("url").toString();
    registryHost_ = cluster->value("registry").toString();

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

}  // namespace cerebral::test
