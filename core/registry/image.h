#pragma once
/// @file Image: a tag of a repository with everything the Registry page says of it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/registry/content.h"

namespace cerebral::registry {

/// The image for one platform.
struct PlatformImage {
    Platform platform;
    std::string digest;     ///< of its manifest
    std::int64_t size = 0;  ///< compressed: configuration and layers
    std::optional<WallTime> created;
    std::string revision;              ///< label org.opencontainers.image.revision; empty when absent
    std::vector<std::string> layers;   ///< digests as stored
    std::vector<std::string> diffIds;  ///< digests of the uncompressed layers

    friend bool operator==(const PlatformImage&, const PlatformImage&) = default;
};

struct Image {
    std::string repository;  ///< "cerebral/ai-base"
    std::string tag;
    std::string digest;  ///< of what the tag names: the index, or the manifest
    std::string mediaType;
    std::vector<PlatformImage> platforms;  ///< in the index's order; attestations are left out

    [[nodiscard]] bool isIndex() const noexcept { return isIndexType(mediaType); }
    /// Of all platforms together.
    [[nodiscard]] std::int64_t size() const noexcept;
    /// The newest platform's.
    [[nodiscard]] std::optional<WallTime> created() const noexcept;
    /// When all platforms agree; else empty.
    [[nodiscard]] std::string revision() const;
    [[nodiscard]] const PlatformImage* find(std::string_view os, std::string_view architecture) const noexcept;
    /// Of `wanted`, e.g. {"amd64", "arm64"}, those without an image for Linux.
    [[nodiscard]] std::vector<std::string> missing(const std::vector<std::string>& wanted) const;

    friend bool operator==(const Image&, const Image&) = default;
};
using ImagePtr = std::shared_ptr<const Image>;

/// The image begins with exactly the base's layers: it was built on it. Compared as stored, or, where a builder
/// compressed them again, uncompressed. A base without layers proves nothing.
[[nodiscard]] bool isBuiltOn(const PlatformImage& image, const PlatformImage& base) noexcept;
/// For every platform the image has and the base has too; nothing when they share no platform.
[[nodiscard]] std::optional<bool> isBuiltOn(const Image& image, const Image& base) noexcept;

}  // namespace cerebral::registry
