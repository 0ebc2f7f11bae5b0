#pragma once
/// @file World: what every simulated controller works with. Owned by DemoCluster, which outlives them.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "app/demo/sim/event_recorder.h"
#include "app/demo/sim/log_store.h"
#include "app/demo/sim/scheduler.h"
#include "app/demo/store/object_store.h"

namespace cerebral::demo {

class ImageRegistry;
class ScenarioBook;

inline constexpr std::string_view kPipelineNs = "tekton-pipelines";
inline constexpr std::string_view kPlatformNs = "cerebral-platform";
inline constexpr std::string_view kNode = "node1";

struct World {
    ObjectStore& store;
    Scheduler& scheduler;
    EventRecorder& events;
    LogStore& logs;
    ImageRegistry& registry;
    ScenarioBook& scenarios;
    std::uint64_t seed = 1;
    std::string registryHost;  ///< "127.0.0.1:PORT"

    /// Now, as objects carry it.
    [[nodiscard]] std::string timestamp() const;
    /// What takes so long on a real cluster, by the clock of this one and in the kubelet's words: "582ms", "3.175s".
    [[nodiscard]] std::string lasting(std::chrono::milliseconds realPace) const;
    void after(std::chrono::milliseconds realPace, Scheduler::Task task) const {
        scheduler.after(realPace, std::move(task));
    }
};

}  // namespace cerebral::demo
