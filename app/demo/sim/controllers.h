#pragma once
/// @file Controllers: hands the store's changes to the simulated controllers, on the scheduler's thread.

#include <memory>

#include "app/demo/sim/world.h"
#include "app/demo/tekton/tekton_controller.h"
#include "app/demo/workloads/deployment_controller.h"

namespace cerebral::demo {

class Controllers {
public:
    explicit Controllers(World& world);
    ~Controllers();
    Controllers(const Controllers&) = delete;
    Controllers& operator=(const Controllers&) = delete;
    /// Changes from now on are acted on.
    void start();
    [[nodiscard]] DeploymentController& deployments() { return *deployments_; }

private:
    class Sink;
    World& world_;
    TektonController tekton_;
    std::shared_ptr<DeploymentController> deployments_;
    std::vector<std::shared_ptr<Sink>> sinks_;
};

}  // namespace cerebral::demo
