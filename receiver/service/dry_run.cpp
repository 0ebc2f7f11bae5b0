#include "receiver/service/dry_run.h"

#include "core/base/plain_text.h"
#include "core/pipeline/build_request.h"
#include "core/pipeline/run_manifest.h"
#include "core/webhook/decision.h"

namespace cerebral::receiver {

Result<std::string> dryRun(std::string_view payload, const config::Config& config, WallTime now) {
    const auto push = webhook::parsePushEvent(std::string(payload));
    if (!push) return fail(push.error());
    const auto decision = webhook::decide(*push, config, now);
    std::string text = "# " + plainLine(push->repository) + " " + plainLine(push->ref) + " " + push->after + "\n";
    text += decision.ignored() ? "# ignored: " : "# builds " + std::to_string(decision.builds.size()) + ": ";
    text += decision.reason + "\n";
    for (const auto& build : decision.builds) {
        text += "# - " + build.service.name + (build.deploy ? ", deployed" : ", not deployed") + ": " +
                plainLine(build.why) + "\n";
    }
    for (const auto& build : decision.builds) {
        text += "---\n" + pipeline::runManifestYaml(pipeline::buildRequestFor(*push, build, "dry-run", now), config);
        if (!text.ends_with('\n')) text += '\n';
    }
    return text;
}

}  // namespace cerebral::receiver
