#include "tests/bench/window/demo_server.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>

#include "tests/bench/timing.h"

namespace cerebral::bench {
namespace {

constexpr int kStartDeadlineMs = 60'000;
constexpr int kCurlRuns = 5;
constexpr const char* kPipelineRuns = "/apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns";

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(bytes);
}

}  // namespace

DemoServer::DemoServer(const QStringList& arguments)
    : process_(QStringLiteral("cerebral-demo-cluster"),
               QStringList{QStringLiteral("--write-kubeconfig"), folder_.filePath(QStringLiteral("kubeconfig"))} +
                   arguments) {
    const auto ready = process_.waitForJson([](const QJsonObject& o) { return o.contains("url"); }, kStartDeadlineMs);
    listening_ = ready.has_value();
    if (listening_) prepareFiles(ready->value("url").toString());
}

void DemoServer::prepareFiles(const QString& url) {
    QFile file(QString::fromStdString(kubeconfig()));
    if (!file.open(QIODevice::ReadOnly)) return;
    QJsonObject config = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject cluster = config["clusters"][0]["cluster"].toObject();
    const QString token = config["users"][0]["user"]["token"].toString();
    write(folder_.filePath("ca.pem"),
          QByteArray::fromBase64(cluster["certificate-authority-data"].toString().toLatin1()));
    // The token travels in a file: a command line is there for everyone to read.
    write(folder_.filePath("curlrc"),
          QStringLiteral("silent\nfail\ncacert = \"%1\"\nheader = \"Authorization: Bearer %2\"\nurl = \"%3%4\"\n"
                         "output = \"/dev/null\"\nwrite-out = \"%{time_total}\"\n")
              .arg(folder_.filePath("ca.pem"), token, url, QLatin1String(kPipelineRuns))
              .toUtf8());
    QJsonArray clusters = config["clusters"].toArray();
    clusters.append(QJsonObject{{"name", kNowhere}, {"cluster", QJsonObject{{"server", "https://127.0.0.1:1"}}}});
    config["clusters"] = clusters;
    QJsonArray contexts = config["contexts"].toArray();
    contexts.append(QJsonObject{
        {"name", kNowhere},
        {"context", QJsonObject{{"cluster", kNowhere}, {"user", "demo"}, {"namespace", "tekton-pipelines"}}}});
    config["contexts"] = contexts;
    write(QString::fromStdString(kubeconfig()), QJsonDocument(config).toJson());
}

std::optional<double> DemoServer::curlSeconds() const {
    std::vector<double> took;
    const QString curl = QStandardPaths::findExecutable(QStringLiteral("curl"));
    for (int i = 0; i < kCurlRuns && !curl.isEmpty(); ++i) {
        const test::Finished finished =
            test::runToEnd(curl, {QStringLiteral("--config"), folder_.filePath(QStringLiteral("curlrc"))});
        bool number = false;
        const double seconds = finished.out.toDouble(&number);
        if (finished.exitCode != 0 || !number) return std::nullopt;
        took.push_back(seconds);
    }
    if (took.empty()) return std::nullopt;
    return median(std::move(took));
}

}  // namespace cerebral::bench
