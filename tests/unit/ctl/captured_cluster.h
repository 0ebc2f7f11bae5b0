#pragma once
/// @file What a recorded cluster answers to single requests, and a kubeconfig that leads there.

#include <QFile>
#include <QTemporaryDir>
#include <string>
#include <string_view>

#include "tests/support/golden.h"
#include "tests/unit/ctl/recording_server.h"

namespace cerebral::test {

/// Lists, one PipelineRun, and logs without their ends being followed, out of tests/data/captures.
inline net::ServerResponse answerAsCaptured(const net::ServerRequest& request) {
    const std::string& path = request.path;
    const auto ends = [&](std::string_view ending) { return path.ends_with(ending); };
    const auto list = [](const std::string& file) {
        return jsonAnswer(200, readTestData("captures/list/" + file + ".json"));
    };
    const bool platform = path.find("/namespaces/cerebral-platform/") != std::string::npos;
    if (ends("/pipelineruns")) return list("pipelineruns");
    if (ends("/taskruns")) return list("taskruns");
    if (ends("/deployments")) return list("deployments.cerebral-platform");
    if (ends("/replicasets")) return list("replicasets.cerebral-platform");
    if (ends("/pods")) return list(platform ? "pods.cerebral-platform" : "pods.tekton-pipelines");
    if (ends("/log")) {
        const std::string pods = "/pods/";
        const std::size_t from = path.find(pods) + pods.size();
        const std::string pod = path.substr(from, path.size() - from - std::string_view("/log").size());
        const std::size_t at = request.query.find("container=") + std::string_view("container=").size();
        const std::string container = request.query.substr(at, request.query.find('&', at) - at);
        const QString file = QString::fromStdString(std::string(CEREBRAL_TEST_DATA) + "/captures/logs/" + pod + "." +
                                                    container + ".log");
        if (QFile::exists(file)) {
            return {200,
                    {{"Content-Type", "text/plain"}},
                    readTestData("captures/logs/" + pod + "." + container + ".log"),
                    false};
        }
    }
    return jsonAnswer(404, R"({"kind":"Status","code":404,"reason":"NotFound","message":"not found here"})");
}

/// Returns the file's name.
inline QString writeKubeconfig(const QTemporaryDir& folder, const std::string& url) {
    QFile file(folder.filePath("kubeconfig"));
    if (!file.open(QIODevice::WriteOnly)) qFatal("no kubeconfig");
    file.write("apiVersion: v1\nkind: Config\ncurrent-context: test\nclusters: [{name: c, cluster: {server: \"" +
               QByteArray::fromStdString(url) +
               "\"}}]\nusers: [{name: u, user: {token: a-token}}]\n"
               "contexts: [{name: test, context: {cluster: c, user: u}}]\n");
    return file.fileName();
}

}  // namespace cerebral::test
