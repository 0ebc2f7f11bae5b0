#pragma once
/// @file What a registry holds: image indexes, manifests and configurations (OCI image-spec 1.1, Docker schema 2).

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace cerebral::registry {

inline constexpr std::string_view kOciIndex = "application/vnd.oci.image.index.v1+json";
inline constexpr std::string_view kDockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
inline constexpr std::string_view kOciManifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view kDockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr std::string_view kRevisionLabel = "org.opencontainers.image.revision";

[[nodiscard]] bool isIndexType(std::string_view mediaType) noexcept;
[[nodiscard]] bool isManifestType(std::string_view mediaType) noexcept;
/// "sha256:" and 64 lower-case hex digits.
[[nodiscard]] bool isDigest(std::string_view text) noexcept;

struct Platform {
    std::string os;
    std::string architecture;
    std::string variant;

    /// "linux/arm64", "linux/arm/v7"; empty when not known.
    [[nodiscard]] std::string text() const;
    friend bool operator==(const Platform&, const Platform&) = default;
};

struct Descriptor {
    std::string mediaType;
    std::string digest;
    std::int64_t size = 0;  ///< bytes as stored, compressed for layers
    Platform platform;      ///< of an index's entry
};

/// An index or a manifest: one of the two lists is filled.
struct Manifest {
    std::string mediaType;
    std::vector<Descriptor> entries;  ///< of an index, without attestations
    int attestations = 0;             ///< BuildKit's entries that are no images
    Descriptor config;
    std::vector<Descriptor> layers;
    std::map<std::string, std::string, std::less<>> annotations;

    [[nodiscard]] bool isIndex() const noexcept { return isIndexType(mediaType); }
    /// Configuration and layers: what a pull transfers. Saturates.
    [[nodiscard]] std::int64_t size() const noexcept;
};
/// `contentType` is the answer's; the document's own mediaType wins.
[[nodiscard]] Result<Manifest> parseManifest(std::string_view json, std::string_view contentType);

struct ImageConfig {
    Platform platform;
    /// Absent also for the zero times of reproducible builds (1970 and before).
    std::optional<WallTime> created;
    std::map<std::string, std::string, std::less<>> labels;
    std::vector<std::string> diffIds;  ///< digests of the uncompressed layers

    /// org.opencontainers.image.revision; empty when absent.
    [[nodiscard]] std::string revision() const;
};
[[nodiscard]] Result<ImageConfig> parseImageConfig(std::string_view json);

}  // namespace cerebral::registry
