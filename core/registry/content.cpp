#include "core/registry/content.h"

#include <algorithm>
#include <limits>

#include "core/kube/json_fields.h"
#include "core/net/http.h"

namespace cerebral::registry {
namespace {

namespace json = kube::json;
using Texts = std::map<std::string, std::string, std::less<>>;

/// Larger documents than any real one: a registry must not make us hold more.
constexpr std::size_t kMaxEntries = 4096;

Texts readTexts(json::Element object, std::string_view key) {
    Texts texts;
    json::Object map;
    if (object[key].get(map) != simdjson::SUCCESS) return texts;
    for (const auto [name, value] : map) {
        std::string_view text;
        if (value.get(text) == simdjson::SUCCESS) texts.emplace(name, text);
    }
    return texts;
}

Platform readPlatform(json::Element object) {
    return {json::string(object, "os"), json::string(object, "architecture"), json::string(object, "variant")};
}

Descriptor readDescriptor(json::Element object) {
    Descriptor descriptor;
    descriptor.mediaType = json::string(object, "mediaType");
    descriptor.digest = json::string(object, "digest");
    descriptor.size = std::max<std::int64_t>(0, json::integer(object, "size"));
    if (const auto platform = json::field(object, "platform")) descriptor.platform = readPlatform(*platform);
    return descriptor;
}

bool isAttestation(json::Element entry, const Descriptor& descriptor) {
    if (descriptor.platform.os == "unknown" && descriptor.platform.architecture == "unknown") return true;
    return readTexts(entry, "annotations").contains("vnd.docker.reference.type");
}

Result<Manifest> decodeIndex(json::Element root, Manifest manifest) {
    bool bad = false;
    json::each(root, "manifests", [&](json::Element entry) {
        Descriptor descriptor = readDescriptor(entry);
        if (isAttestation(entry, descriptor)) {
            ++manifest.attestations;
            return;
        }
        bad = bad || !isDigest(descriptor.digest) || manifest.entries.size() >= kMaxEntries;
        if (!bad) manifest.entries.push_back(std::move(descriptor));
    });
    if (bad) return fail(ErrorKind::Malformed, "an index with an entry that is no digest, or too many entries");
    return manifest;
}

Result<Manifest> decodeImage(json::Element root, Manifest manifest) {
    if (const auto config = json::field(root, "config")) manifest.config = readDescriptor(*config);
    bool bad = !isDigest(manifest.config.digest);
    json::each(root, "layers", [&](json::Element entry) {
        Descriptor layer = readDescriptor(entry);
        bad = bad || !isDigest(layer.digest) || manifest.layers.size() >= kMaxEntries;
        if (!bad) manifest.layers.push_back(std::move(layer));
    });
    if (bad) return fail(ErrorKind::Malformed, "a manifest whose configuration or a layer is no digest");
    return manifest;
}

std::optional<WallTime> readCreated(json::Element root) {
    const auto created = json::time(root, "created");
    return created && *created >= WallTime{std::chrono::hours(48)} ? created : std::nullopt;
}

}  // namespace

bool isIndexType(std::string_view mediaType) noexcept {
    return mediaType == kOciIndex || mediaType == kDockerList;
}

bool isManifestType(std::string_view mediaType) noexcept {
    return mediaType == kOciManifest || mediaType == kDockerManifest;
}

bool isDigest(std::string_view text) noexcept {
    constexpr std::string_view kPrefix = "sha256:";
    if (!text.starts_with(kPrefix) || text.size() != kPrefix.size() + 64) return false;
    text.remove_prefix(kPrefix.size());
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string Platform::text() const {
    if (os.empty() && architecture.empty()) return {};
    return os + "/" + architecture + (variant.empty() ? "" : "/" + variant);
}

std::int64_t Manifest::size() const noexcept {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    std::int64_t sum = config.size;
    for (const Descriptor& layer : layers) sum = layer.size > kMost - sum ? kMost : sum + layer.size;
    return sum;
}

Result<Manifest> parseManifest(std::string_view text, std::string_view contentType) {
    simdjson::dom::parser parser;
    json::Element root;
    json::Object object;
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS ||
        root.get(object) != simdjson::SUCCESS) {
        return fail(ErrorKind::Malformed, "a manifest that is not JSON");
    }
    Manifest manifest;
    manifest.mediaType = json::string(root, "mediaType");
    // OCI lets the field be absent.
    if (manifest.mediaType.empty()) manifest.mediaType = net::mediaType(contentType);
    manifest.annotations = readTexts(root, "annotations");
    if (isIndexType(manifest.mediaType)) return decodeIndex(root, std::move(manifest));
    if (isManifestType(manifest.mediaType)) return decodeImage(root, std::move(manifest));
    return fail(ErrorKind::Unsupported, "a manifest of a type that is not known here");
}

std::string ImageConfig::revision() const {
    const auto it = labels.find(kRevisionLabel);
    return it == labels.end() ? std::string() : it->second;
}

Result<ImageConfig> parseImageConfig(std::string_view text) {
    simdjson::dom::parser parser;
    json::Element root;
    json::Object object;
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS ||
        root.get(object) != simdjson::SUCCESS) {
        return fail(ErrorKind::Malformed, "an image configuration that is not JSON");
    }
    ImageConfig config;
    config.platform = readPlatform(root);
    config.created = readCreated(root);
    if (const auto inner = json::field(root, "config")) config.labels = readTexts(*inner, "Labels");
    if (const auto rootfs = json::field(root, "rootfs")) {
        json::each(*rootfs, "diff_ids", [&](json::Element id) {
            std::string_view digest;
            if (id.get(digest) == simdjson::SUCCESS && config.diffIds.size() < kMaxEntries) {
                config.diffIds.emplace_back(digest);
            }
        });
    }
    return config;
}

}  // namespace cerebral::registry
