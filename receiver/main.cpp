#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/kube/kubeconfig.h"
#include "receiver/service/dry_run.h"
#include "receiver/service/process.h"
#include "receiver/service/receiver.h"

namespace {

using namespace cerebral;
using namespace cerebral::receiver;

struct Arguments {
    std::string config;
    bool checkConfig = false;
    std::string dryRun;
};

int complain(const Error& error) {
    std::cerr << "github-webhook-receiver: " << error.message << '\n';
    return error.kind == ErrorKind::Config ? 2 : 1;
}

Result<std::string> readAll(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return fail(ErrorKind::Io, "cannot read " + path);
    return std::move(text).str();
}

Result<kube::ClusterAccess> clusterAccess(const Environment& environment, const Clock& clock) {
    if (const auto kubeconfig = environment("KUBECONFIG"); kubeconfig && !kubeconfig->empty()) {
        auto loaded = kube::Kubeconfig::load(kube::KubeconfigSource::fromEnvironment());
        if (!loaded) return fail(loaded.error());
        return loaded->access({}, clock);
    }
    return kube::inClusterAccess(clock);
}

int checkConfig(const Settings& settings) {
    const auto config = readConfig(settings);
    if (!config) return complain(config.error());
    std::cout << (settings.configPath.empty() ? "built-in configuration" : settings.configPath) << ": ok, "
              << config->services.size() << " services\n";
    return 0;
}

int dryRunFile(const Settings& settings, const std::string& payload, const Clock& clock) {
    const auto config = readConfig(settings);
    if (!config) return complain(config.error());
    const auto text = readAll(payload);
    if (!text) return complain(text.error());
    const auto decided = dryRun(*text, *config, clock.now());
    if (!decided) return complain(decided.error());
    std::cout << *decided;
    return 0;
}

int serve(Settings settings, const Environment& environment) {
    const Signals signals;
    SystemClock clock;
    const auto log = makeJsonLogger(LogLevel::Info);
    auto config = readConfig(settings);
    if (!config) return complain(config.error());
    auto access = clusterAccess(environment, clock);
    if (!access) return complain(access.error());
    auto started = Receiver::start(std::move(settings), std::move(*config), std::move(*access), clock, *log);
    if (!started) return complain(started.error());
    Receiver& receiver = **started;
    log->info("listening",
              {{"port", receiver.port()}, {"adminPort", receiver.adminPort()}, {"version", CEREBRAL_VERSION}});
    while (signals.wait() == ProcessSignal::Reload) receiver.reload();
    receiver.drain();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    prepareProcess();
    Arguments arguments;
    CLI::App cli("Turns signed GitHub pushes into Tekton PipelineRuns", "github-webhook-receiver");
    cli.add_option("--config", arguments.config, "Configuration file (default: $CEREBRAL_CONFIG, else built in)");
    cli.add_flag("--check-config", arguments.checkConfig, "Say whether the configuration is right, and end");
    cli.add_option("--dry-run", arguments.dryRun, "Print what a push payload would build, and end");
    cli.set_version_flag("--version", CEREBRAL_VERSION);
    CLI11_PARSE(cli, argc, argv);

    const Environment environment = processEnvironment();
    const bool serving = !arguments.checkConfig && arguments.dryRun.empty();
    auto settings = readSettings(environment, serving);
    if (!settings) return complain(settings.error());
    wipeSecrets();
    if (!arguments.config.empty()) settings->configPath = arguments.config;
    if (arguments.checkConfig) return checkConfig(*settings);
    if (!arguments.dryRun.empty()) return dryRunFile(*settings, arguments.dryRun, SystemClock());
    return serve(std::move(*settings), environment);
}
