#include "tests/bench/window/measured_cluster.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>
#include <algorithm>
#include <chrono>
#include <string_view>

#include "core/net/curl_handle.h"

namespace cerebral::bench {
namespace {

constexpr int kStartDeadlineMs = 60'000;
/// A stream of events never ends; one without the mark is given up.
constexpr long kStreamDeadlineMs = 30'000;
constexpr const char* kPipelineRuns = "/apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns";

/// What the window sends (core/kube/kube_client.cpp), so that both are answered the same.
constexpr const char* kWatchList =
    "?watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&timeoutSeconds="
    "300";
constexpr std::string_view kEndOfInitialEvents = "k8s.io/initial-events-end";

/// Looks for the end of the initial events in what has just arrived, and drops it.
struct Dropped {
    std::string tail;  ///< where the mark may have been cut in two
    bool ended = false;

    static std::size_t take(char* data, std::size_t size, std::size_t count, void* self) {
        auto& [tail, ended] = *static_cast<Dropped*>(self);
        constexpr std::size_t kKept = 512;
        const std::string_view chunk(data, size * count);
        tail.append(chunk.substr(chunk.size() - std::min(chunk.size(), kKept)));
        ended = tail.find(kEndOfInitialEvents) != std::string::npos;
        if (tail.size() > kKept) tail.erase(0, tail.size() - kKept);
        return ended ? 0 : chunk.size();
    }
};

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(bytes);
}

}  // namespace

std::unique_ptr<MeasuredCluster> MeasuredCluster::demo(const QStringList& arguments) {
    auto cluster = std::make_unique<MeasuredCluster>();
    const QString kubeconfig = cluster->folder_.filePath(QStringLiteral("demo"));
    cluster->process_.emplace(QStringLiteral("cerebral-demo-cluster"),
                              QStringList{QStringLiteral("--write-kubeconfig"), kubeconfig} + arguments);
    if (cluster->process_->waitForJson([](const QJsonObject& o) { return o.contains("url"); }, kStartDeadlineMs))
        cluster->prepareFiles(kubeconfig);
    return cluster;
}

std::unique_ptr<MeasuredCluster> MeasuredCluster::running(const QString& kubeconfig) {
    auto cluster = std::make_unique<MeasuredCluster>();
    cluster->prepareFiles(kubeconfig);
    return cluster;
}

void MeasuredCluster::prepareFiles(const QString& kubeconfigFile) {
    QFile file(kubeconfigFile);
    if (!file.open(QIODevice::ReadOnly)) return;
    QJsonObject config = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject cluster = config["clusters"][0]["cluster"].toObject();
    const QString url = cluster["server"].toString();
    const QString token = config["users"][0]["user"]["token"].toString();
    context_ = config["current-context"].toString();
    const QByteArray ca = QByteArray::fromBase64(cluster["certificate-authority-data"].toString().toLatin1());
    ca_ = ca.toStdString();
    token_ = token.toStdString();
    write(folder_.filePath("ca.pem"), ca);
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
    contexts.append(QJsonObject{{"name", kNowhere},
                                {"context", QJsonObject{{"cluster", kNowhere},
                                                        {"user", config["users"][0]["name"]},
                                                        {"namespace", "tekton-pipelines"}}}});
    config["contexts"] = contexts;
    write(QString::fromStdString(kubeconfig()), QJsonDocument(config).toJson());
    runsUrl_ = url.toStdString() + kPipelineRuns;
}

std::optional<double> MeasuredCluster::listSeconds() const {
    const QString curl = QStandardPaths::findExecutable(QStringLiteral("curl"));
    if (curl.isEmpty()) return std::nullopt;
    const test::Finished finished =
        test::runToEnd(curl, {QStringLiteral("--config"), folder_.filePath(QStringLiteral("curlrc"))});
    bool number = false;
    const double seconds = finished.out.toDouble(&number);
    return finished.exitCode == 0 && number ? std::optional(seconds) : std::nullopt;
}

std::optional<double> MeasuredCluster::streamSeconds() const {
    const net::CurlEasy easy(curl_easy_init());
    net::CurlList headers;
    if (!easy || !headers.append("Accept: application/json")) return std::nullopt;
    Dropped dropped;
    const std::string url = runsUrl_ + kWatchList;
    net::CurlOptions options(easy.get());
    options.set(CURLOPT_URL, url.c_str());
    options.setBlob(CURLOPT_CAINFO_BLOB, ca_);
    options.set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
    options.set(CURLOPT_XOAUTH2_BEARER, token_.c_str());
    options.set(CURLOPT_HTTPHEADER, headers.get());
    options.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    options.set(CURLOPT_TIMEOUT_MS, kStreamDeadlineMs);
    options.set(CURLOPT_WRITEFUNCTION, &Dropped::take);
    options.set(CURLOPT_WRITEDATA, static_cast<void*>(&dropped));
    if (options.result() != CURLE_OK) return std::nullopt;
    const auto begun = std::chrono::steady_clock::now();
    curl_easy_perform(easy.get());  // ends as an error of writing: more is never wanted
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    return dropped.ended ? std::optional(took.count()) : std::nullopt;
}

}  // namespace cerebral::bench
