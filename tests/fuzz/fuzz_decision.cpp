// A push payload → decision → names and manifests. Whatever was signed, what goes to the API server is valid.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/pipeline/run_manifest.h"
#include "core/pipeline/run_name.h"
#include "core/webhook/decision.h"

using namespace cerebral;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

bool isNameChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const config::Config kConfig = config::defaultConfig();
    constexpr WallTime kNow{std::chrono::seconds(1'795'423'260)};
    const auto push = webhook::parsePushEvent({reinterpret_cast<const char*>(data), size});
    if (!push) return 0;
    const webhook::Decision decision = webhook::decide(*push, kConfig, kNow);
    require(!decision.reason.empty());
    require(decision.builds.size() <= kConfig.maxBuildsPerPush);
    for (const char c : decision.reason) require(static_cast<unsigned char>(c) >= ' ' && c != 127);
    if (decision.ignored()) return 0;

    const auto request = pipeline::buildRequestFor(*push, decision.builds.back(), "d", kNow);
    const std::string name = pipeline::runName(request);
    require(!name.empty() && name.size() <= 40 && name.front() != '-' && name.back() != '-');
    for (const char c : name) require(isNameChar(c));
    const std::string tag = pipeline::tagForBranch(request.branch);
    require(!tag.empty() && tag.size() <= 128 && tag.front() != '.' && tag.front() != '-');
    require(pipeline::labelForBranch(request.branch).size() <= 63);
    require(!pipeline::runManifestYaml(request, kConfig).empty());
    return 0;
}
