// The demo cluster under load: how long it takes to begin with a long past, what that weighs, and what
// 2,000 changes a second to ten watchers cost it.
#include <QCoreApplication>
#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QThread>
#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/base/encoding.h"
#include "core/net/curl_transport.h"
#include "tests/bench/process_figures.h"
#include "tests/bench/report.h"
#include "tests/support/child_process.h"

using namespace cerebral;
using Json = nlohmann::json;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr int kWatchers = 10;
constexpr double kChangesPerSecond = 2000;
constexpr std::chrono::seconds kMeasured{8};
constexpr const char* kRuns = "/apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns";

class Server {
public:
    Server(const QString& kubeconfig, const QStringList& arguments)
        : process_("cerebral-demo-cluster", QStringList{"--write-kubeconfig", kubeconfig} + arguments) {
        listening_ = process_.waitForJson([](const QJsonObject& o) { return o.contains("url"); }, 60'000).has_value();
        if (!listening_) return;
        QFile file(kubeconfig);
        if (!file.open(QIODevice::ReadOnly)) return;
        const Json config = Json::parse(file.readAll().toStdString());
        request_.url = config["clusters"][0]["cluster"]["server"].get<std::string>() + kRuns;
        auto tls = std::make_shared<net::TlsOptions>();
        tls->caPem =
            fromBase64(config["clusters"][0]["cluster"]["certificate-authority-data"].get<std::string>()).value();
        request_.tls = std::move(tls);
        request_.bearerToken = Secret(config["users"][0]["user"]["token"].get<std::string>());
        request_.version = net::HttpVersion::Http1;
        request_.maxBody = 512U * 1024U * 1024U;
        request_.timeout = std::chrono::minutes(2);
    }
    [[nodiscard]] bool listening() const { return listening_; }
    [[nodiscard]] qint64 pid() const { return process_.pid(); }
    [[nodiscard]] net::HttpRequest request(const std::string& query) const {
        net::HttpRequest request = request_;
        request.url += query;
        return request;
    }
    int end() {
        process_.terminate();
        return process_.waitForExit().value_or(-1);
    }

private:
    test::ChildProcess process_;
    bool listening_ = false;
    net::HttpRequest request_;
};

/// Counts lines.
class Counter final : public net::StreamHandler {
public:
    bool onHead(const net::HttpHead& head) override { return head.status == 200; }
    bool onData(std::string_view chunk) override {
        lines += std::count(chunk.begin(), chunk.end(), '\n');
        return true;
    }
    std::atomic<std::int64_t> lines = 0;
};

void startWithAPast(bench::Report& report, const QString& kubeconfig) {
    const auto begun = SteadyClock::now();
    Server server(kubeconfig, {"--runs", "10000", "--pods", "5000"});
    const std::chrono::duration<double> took = SteadyClock::now() - begun;
    report.note("10,000 runs, 5,000 pods: until it listens", took.count(), "s");
    report.atMost("10,000 runs, 5,000 pods: CPU until it listens", bench::cpuSeconds(server.pid()), 3.0, "s of CPU");
    report.atMost("10,000 runs, 5,000 pods: memory", bench::megabytes(server.pid(), "VmRSS:"), 300, "MB");
    net::CurlTransport transport;
    const auto asked = SteadyClock::now();
    const auto all = transport.send(server.request(""), {});
    const std::chrono::duration<double> listed = SteadyClock::now() - asked;
    report.note("one list of all runs", listed.count(), "s");
    report.note("one list of all runs", all ? static_cast<double>(all->body.size()) / 1e6 : -1, "MB");
    report.atMost("after it: most memory ever", bench::megabytes(server.pid(), "VmHWM:"), 300, "MB");
    report.atMost("exit code", server.end(), 0, "");
}

void changesToWatchers(bench::Report& report, const QString& kubeconfig) {
    Server server(kubeconfig, {"--runs", "1000", "--churn", QString::number(kChangesPerSecond)});
    std::vector<std::unique_ptr<Counter>> counters;
    std::vector<std::jthread> threads;
    net::CurlTransport transport;
    for (int i = 0; i < kWatchers; ++i) {
        counters.push_back(std::make_unique<Counter>());
        threads.emplace_back([&, counter = counters.back().get()](const std::stop_token& stop) {
            // A reader that gets no CPU is cut; it begins again.
            while (!stop.stop_requested())
                (void)transport.stream(server.request("?watch=1&timeoutSeconds=120"), *counter, stop);
        });
    }
    const auto seen = [&] {
        std::int64_t sum = 0;
        for (const auto& counter : counters) sum += counter->lines;
        return sum;
    };
    for (int waited = 0; seen() < kWatchers * 1500 && waited < 3000; ++waited) QThread::msleep(10);
    const auto begun = SteadyClock::now();
    const double cpuBefore = bench::cpuSeconds(server.pid());
    const std::int64_t seenBefore = seen();
    std::this_thread::sleep_for(kMeasured);
    const std::chrono::duration<double> passed = SteadyClock::now() - begun;
    const double delivered = static_cast<double>(seen() - seenBefore);
    const double cpu = bench::cpuSeconds(server.pid()) - cpuBefore;
    report.note("changes a second to each of 10 watchers", delivered / kWatchers / passed.count(), "/s");
    report.note("cores the server used meanwhile", cpu / passed.count(), "cores");
    // On a machine too busy to read as fast, what a delivery costs is still what it is.
    report.atMost("cores for 2,000 changes a second to 10 watchers", cpu / delivered * kChangesPerSecond * kWatchers,
                  1.0, "cores");
    report.note("memory meanwhile", bench::megabytes(server.pid(), "VmRSS:"), "MB");
    for (std::jthread& thread : threads) thread.request_stop();
    threads.clear();
    report.atMost("exit code", server.end(), 0, "");
}

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    bench::Report report("demo");
    const QTemporaryDir folder;
    startWithAPast(report, folder.filePath("past"));
    changesToWatchers(report, folder.filePath("churn"));
    return report.exitCode();
}
