#include "app/demo/team/built_runs.h"

#include <cassert>
#include <nlohmann/json.hpp>

#include "core/pipeline/run_manifest.h"
#include "core/webhook/decision.h"

namespace cerebral::demo {

std::vector<Json> builtRuns(const TeamPush& push, const std::string& registryHost, std::string_view delivery) {
    const auto event = webhook::parsePushEvent(pushPayload(push));
    assert(event.has_value());
    config::Config config = config::defaultConfig();
    config.registry = registryHost;
    std::vector<Json> runs;
    for (const webhook::ServiceBuild& build : webhook::decide(*event, config, push.pushedAt).builds) {
        const auto request = pipeline::buildRequestFor(*event, build, std::string(delivery), push.pushedAt);
        runs.push_back(Json::parse(pipeline::runManifestJson(request, config)));
    }
    return runs;
}

}  // namespace cerebral::demo
