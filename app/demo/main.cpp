// cerebral-demo-cluster: the embedded default as a process of its own.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/demo/demo_cluster.h"

namespace {

using cerebral::demo::DemoCluster;
using cerebral::demo::DemoOptions;
using cerebral::demo::TeamOptions;

/// The file's bytes without the line feed editors put at the end.
cerebral::Result<cerebral::Secret> readSecret(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return cerebral::fail(cerebral::ErrorKind::Io, "cannot read the secret's file " + path);
    std::ostringstream text;
    text << file.rdbuf();
    std::string value = std::move(text).str();
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
    if (value.empty()) return cerebral::fail(cerebral::ErrorKind::Config, path + " is empty");
    return cerebral::Secret(std::move(value));
}

int failWith(const std::string& message) {
    std::fprintf(stderr, "cerebral-demo-cluster: %s\n", message.c_str());
    return 1;
}

void announce(const DemoCluster& cluster, const DemoOptions& options) {
    nlohmann::json line = {{"port", cluster.port()},
                           {"registryPort", cluster.registryPort()},
                           {"url", cluster.url()},
                           {"registry", cluster.registryHost()},
                           {"control", "http://" + cluster.registryHost() + "/demo"}};
    if (!options.writeKubeconfig.empty()) line["kubeconfig"] = options.writeKubeconfig;
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    DemoOptions options;
    TeamOptions team;
    std::string secretFile;
    unsigned pushEvery = 0;
    CLI::App app{"A small Kubernetes with Tekton and a registry, for looking and testing"};
    app.set_version_flag("--version", CEREBRAL_VERSION);
    app.add_option("--port", options.port, "port of the API (0: any)");
    app.add_option("--registry-port", options.registryPort, "port of the registry (0: any)");
    app.add_option("--write-kubeconfig", options.writeKubeconfig,
                   "write a kubeconfig to this file; removed at the end");
    app.add_option("--keys", options.keys,
                   "keep certificate and token keys in this file: a restarted cluster is the same to its clients");
    app.add_option("--speed", options.speed, "times faster than a real cluster")
        ->capture_default_str()
        ->check(CLI::Range(0.1, 10000.0));
    app.add_option("--seed", options.seed, "the same seed tells the same story")->capture_default_str();
    app.add_option("--runs", options.runs, "finished runs to begin with, with their TaskRuns")
        ->check(CLI::Range(0, 100'000));
    app.add_option("--pods", options.pods, "how many pods of the newest of these runs are still there");
    app.add_option("--churn", options.churn, "changes of runs a second, for load tests");
    app.add_option("--history", options.historyPerKind, "changes of a kind a watch may lie behind before it gets 410")
        ->capture_default_str();
    app.add_option("--fault", options.faults, "NAME[:SECONDS], may be repeated");
    app.add_option("--push-every", pushEvery, "seconds between pushes of the scripted team (0: none)");
    app.add_option("--receiver-url", team.receiverUrl, "where the team's pushes are delivered");
    app.add_option("--receiver-admin-url", team.receiverAdminUrl,
                   "what the pod proxy of the receiver's pods reaches");
    app.add_option("--webhook-secret-file", secretFile, "the file with the webhook's secret");
    CLI11_PARSE(app, argc, argv);

    // Signals are waited for, not handled: block them before any thread begins.
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, number);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    cerebral::forbidCoreDumps();

    const auto log = cerebral::makeTextLogger(cerebral::LogLevel::Info);
    auto cluster = DemoCluster::start(options, *log);
    if (!cluster) return failWith(cluster.error().message);
    if (!team.receiverUrl.empty()) {
        auto secret = readSecret(secretFile);
        if (!secret) return failWith(secret.error().message);
        team.webhookSecret = std::move(*secret);
        team.pushEvery = std::chrono::seconds(pushEvery);
        if (const auto started = (*cluster)->startTeam(std::move(team)); !started)
            return failWith(started.error().message);
    }
    announce(**cluster, options);
    int received = 0;
    sigwait(&signals, &received);
    (*cluster)->stop();
    return 0;
}
