#pragma once
/// @file DemoCluster: a small Kubernetes with Tekton and an image registry in this process, over real HTTP.
///
/// It is what `cerebral-demo-cluster` runs and what `cerebral-dashboard --demo` and tests embed. Objects,
/// runs, rollouts and logs behave as recorded from a real cluster (tests/data/captures); nothing is
/// executed. One seed tells one story. Stopping it leaves no thread, port or file behind.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/demo/api/create_record.h"
#include "core/base/log.h"
#include "core/base/result.h"
#include "core/base/secret.h"

namespace cerebral::demo {

struct DemoOptions {
    std::uint16_t port = 0;          ///< of the API; 0: the kernel chooses
    std::uint16_t registryPort = 0;  ///< of the registry
    /// How many times faster than a real cluster things go: at 1 a push needs three to four minutes to
    /// be live, at 8 about half a minute.
    double speed = 8.0;
    std::uint64_t seed = 1;
    std::string writeKubeconfig;  ///< a file (0600) to write; removed when the cluster stops
    /// A file (0600) that keeps certificate and token keys: a cluster started again with it, on the same port, is the
    /// same one to its clients, who go on with the kubeconfig they have. Made when it is not there. Empty: fresh
    /// ones.
    std::string keys;
    std::vector<std::string> faults;    ///< "NAME[:SECONDS]", see faults/fault_box.h
    std::size_t runs = 0;               ///< finished PipelineRuns (and their TaskRuns) the demo begins with
    std::size_t pods = 0;               ///< how many pods of the newest of these are still there
    std::size_t churn = 0;              ///< changes of runs a second, for load tests
    std::size_t historyPerKind = 4000;  ///< changes a watch may lie behind before it gets 410
};

/// Where the team's pushes go.
struct TeamOptions {
    std::string receiverUrl;
    Secret webhookSecret;
    std::chrono::seconds pushEvery{0};  ///< on the wall's clock; 0: only when asked (`push`)
    std::string receiverAdminUrl;       ///< what the pod proxy of the receiver's pods reaches; may be empty
};

class DemoCluster {
public:
    /// Listening when it returns.
    static Result<std::unique_ptr<DemoCluster>> start(DemoOptions options, Logger& log);
    ~DemoCluster();
    DemoCluster(const DemoCluster&) = delete;
    DemoCluster& operator=(const DemoCluster&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::uint16_t registryPort() const;
    [[nodiscard]] std::string url() const;           ///< "https://127.0.0.1:PORT"
    [[nodiscard]] std::string registryHost() const;  ///< "127.0.0.1:PORT", as image references name it
    /// Contexts "demo" (administrator), "demo-receiver", "demo-viewer" and "demo-auditor" (no logs). Holds tokens.
    [[nodiscard]] std::string kubeconfig() const;
    /// The receiver's and the dashboard's configuration file (YAML): the registry's address.
    [[nodiscard]] std::string configYaml() const;

    /// The scripted team begins to push. Once.
    Result<void> startTeam(TeamOptions options);
    /// One push now: "feature", "base-image", "rebuild", "force-push", "failing", "stuck", … or empty for
    /// the story's next. Returns the story's name.
    Result<std::string> push(std::string_view story);
    Result<void> injectFault(std::string_view text);
    [[nodiscard]] std::vector<CreateEntry> record() const;
    /// Changes committed to the store since the start; open watches. For benchmarks.
    [[nodiscard]] std::uint64_t changes() const;
    [[nodiscard]] std::size_t openWatches() const;
    /// Ends everything; also done by the destructor.
    void stop();

private:
    class Impl;
    explicit DemoCluster(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace cerebral::demo
