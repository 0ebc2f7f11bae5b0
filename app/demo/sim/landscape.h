#pragma once
/// @file Landscape: what stands in the cluster when the demo begins: namespaces, the pipeline, the
/// receiver's objects, the platform's services and their images. Names are the platform's own.

#include <string>
#include <vector>

#include "app/demo/past/past_plan.h"
#include "app/demo/sim/world.h"
#include "app/demo/workloads/deployment_controller.h"

namespace cerebral::demo {

struct PlatformService {
    std::string name;
    std::string baseTag;     ///< "cuda" or "cpu"
    bool onOldBase = false;  ///< its image was built before the base was renewed
};

[[nodiscard]] const std::vector<PlatformService>& platformServices();
/// Before the controllers start. Services are left as the past left them. `baseLayerBytes`: size of each
/// layer of the larger base image.
void buildLandscape(World& world, DeploymentController& deployments, const PastPlan& past,
                    std::size_t baseLayerBytes = 400'000);
/// Pipeline and Tasks (packaging/tekton holds the ones for real clusters).
[[nodiscard]] Json pipelineDefinition();
[[nodiscard]] std::vector<Json> taskDefinitions(const std::string& registryHost);

}  // namespace cerebral::demo
