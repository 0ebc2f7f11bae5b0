#include <array>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/e2e/receiver/storm/storm_cluster.h"
#include "tests/support/child_process.h"
#include "tests/support/raw_client.h"

namespace cerebral::test {
namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::json;

constexpr std::array kBursts{"too-many-requests:1", "server-error:1", "lost-answer"};

class DemoStormCluster final : public StormCluster {
public:
    DemoStormCluster(const std::string& directory, unsigned seed)
        : random_(seed),
          kubeconfig_(directory + "/receiver.kubeconfig"),
          process_("cerebral-demo-cluster",
                   {"--write-kubeconfig", QString::fromStdString(directory + "/demo.kubeconfig"), "--speed", "0.1",
                    "--seed", QString::number(seed)}) {
        const auto ready = process_.waitForJson([](const QJsonObject& o) { return o.contains("registryPort"); });
        if (!ready) return;
        controlPort_ = static_cast<std::uint16_t>((*ready)["registryPort"].toInt());
        // Not the administrator: what the receiver's own account may do has to suffice.
        std::ifstream given(directory + "/demo.kubeconfig");
        Json config = Json::parse(given, nullptr, false);
        config["current-context"] = "demo-receiver";
        std::ofstream(kubeconfig_) << config.dump();
    }
    ~DemoStormCluster() override { process_.signal(SIGCONT); }

    [[nodiscard]] std::string kubeconfig() const override { return kubeconfig_; }
    void goAway(std::chrono::seconds duration) override {
        if (absences_++ % 2 == 0) return inject("down:" + std::to_string(duration.count()));
        process_.signal(SIGSTOP);
        stopped_ = true;
        backAt_ = Clock::now() + duration;
    }
    void tick() override {
        if (stopped_ && Clock::now() >= backAt_) wake();
    }
    void burst() override {
        if (!stopped_) inject(kBursts.at(random_() % kBursts.size()));
    }
    void calm() override {
        wake();
        inject("none");
    }
    [[nodiscard]] std::map<std::string, int> creations() override {
        std::map<std::string, int> made;
        if (stopped_) return made;
        const std::string response = sendTo(controlPort_, "GET /demo/record HTTP/1.1\r\nHost: x\r\n\r\n");
        const Json record = Json::parse(RawClient::body(response), nullptr, false);
        if (!record.is_object()) return made;
        for (const Json& create : record["creates"]) {
            if (create["kind"] == "PipelineRun" && create["outcome"] == "created") {
                ++made[create["name"].get<std::string>()];
            }
        }
        return made;
    }
    [[nodiscard]] std::string problem() const override {
        return controlPort_ == 0 ? "cerebral-demo-cluster did not start" : "";
    }

private:
    void wake() {
        process_.signal(SIGCONT);
        stopped_ = false;
    }
    void inject(const std::string& fault) const {
        (void)sendTo(controlPort_, "POST /demo/fault HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                                       std::to_string(fault.size()) + "\r\n\r\n" + fault);
    }
    static std::string sendTo(std::uint16_t port, const std::string& request) {
        RawClient client(port);
        if (!client.connected() || !client.send(request)) return {};
        return client.readResponse();
    }

    std::mt19937 random_;
    std::string kubeconfig_;
    std::uint16_t controlPort_ = 0;
    int absences_ = 0;
    bool stopped_ = false;
    Clock::time_point backAt_{};
    ChildProcess process_;
};

}  // namespace

std::unique_ptr<StormCluster> makeDemoCluster(const std::string& directory, unsigned seed) {
    return std::make_unique<DemoStormCluster>(directory, seed);
}

}  // namespace cerebral::test
