#pragma once
/// @file Rehearsal: a whole simulated cluster on a clock of its own, without servers or threads. Hours pass
/// as fast as the CPU allows. It makes the past of a demo, and tests look at scenarios in it.

#include <memory>
#include <string>

#include "app/demo/registry/image_registry.h"
#include "app/demo/sim/controllers.h"
#include "app/demo/sim/world.h"
#include "app/demo/tekton/scenario.h"

namespace cerebral::demo {

struct RehearsalOptions {
    std::uint64_t seed = 1;
    double speed = 1.0;  ///< as DemoOptions: how much faster than a real cluster things go
    WallTime start{};
    std::string registryHost = "127.0.0.1:5000";
};

/// One thread.
class Rehearsal {
public:
    explicit Rehearsal(const RehearsalOptions& options);
    ~Rehearsal();
    Rehearsal(const Rehearsal&) = delete;
    Rehearsal& operator=(const Rehearsal&) = delete;

    /// A service to roll, beside the platform's own.
    void addDeployment(const std::string& name);
    void advance(std::chrono::milliseconds wallTime) { scheduler_.advance(wallTime); }
    [[nodiscard]] World& world() noexcept { return world_; }
    [[nodiscard]] const World& world() const noexcept { return world_; }
    [[nodiscard]] ScenarioBook& scenarios() noexcept { return scenarios_; }
    /// Null when there is none.
    [[nodiscard]] ObjectPtr find(std::string_view kind, std::string_view ns, std::string_view name) const;

private:
    ManualScheduler scheduler_;
    Identity identity_;
    ObjectStore store_;
    LogStore logs_;
    ImageRegistry registry_;
    ScenarioBook scenarios_;
    EventRecorder events_;
    World world_;
    Controllers controllers_;
};

}  // namespace cerebral::demo
