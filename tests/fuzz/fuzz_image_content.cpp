// Manifests, indexes and configurations of images, and Docker's config.json, from outside → values. What comes out of
// a manifest can be asked for: every digest is one.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/registry/content.h"
#include "core/registry/docker_config.h"

using namespace cerebral;

namespace {

void requireDigests(const std::vector<registry::Descriptor>& descriptors) {
    for (const registry::Descriptor& descriptor : descriptors) {
        if (!registry::isDigest(descriptor.digest) || descriptor.size < 0) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const std::string_view type : {registry::kOciIndex, registry::kDockerManifest}) {
        const auto manifest = registry::parseManifest(text, type);
        if (!manifest) continue;
        requireDigests(manifest->entries);
        requireDigests(manifest->layers);
        if (manifest->size() < 0) std::abort();
        if (!manifest->isIndex() && !registry::isDigest(manifest->config.digest)) std::abort();
    }
    if (const auto config = registry::parseImageConfig(text)) {
        if (config->created && config->created->time_since_epoch().count() <= 0) std::abort();
    }
    const auto docker = registry::parseDockerConfig(text, "f");
    if (!docker && docker.error().message.rfind("f: ", 0) != 0) std::abort();
    return 0;
}
