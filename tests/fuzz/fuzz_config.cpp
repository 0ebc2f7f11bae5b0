// A configuration file → configuration or mistakes with their places. What is accepted makes a manifest.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/config/config.h"
#include "core/pipeline/run_manifest.h"

using namespace cerebral;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto config = config::parseConfig({reinterpret_cast<const char*>(data), size}, "f");
    if (!config) {
        if (config.error().message.rfind("f:", 0) != 0) std::abort();
        return 0;
    }
    pipeline::BuildRequest request;
    request.branch = "main";
    if (!config->services.empty()) request.service = config->services.front();
    if (pipeline::runManifestYaml(request, *config).empty()) std::abort();
    return 0;
}
