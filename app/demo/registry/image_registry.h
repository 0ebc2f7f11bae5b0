#pragma once
/// @file ImageRegistry: a registry's content, addressed by what it holds (OCI distribution-spec 1.1, read
/// side, and pushing from inside). Layers are real gzipped tar archives: digests verify.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::demo {

struct Blob {
    std::string mediaType;
    std::string bytes;
    std::string digest;  ///< "sha256:…"
};
using BlobPtr = std::shared_ptr<const Blob>;

struct BaseImage {
    std::string repository;  ///< "cerebral/ai-base"
    std::string tag;
    std::vector<std::string> architectures;
    std::size_t layerBytes = 0;  ///< size of each of its two layers, before compression does nothing to it
    std::string content;         ///< what tells one version of it from the next
};

struct ServiceImage {
    std::string repository;  ///< "cerebral/ai-services"
    std::string tag;
    std::string baseReference;  ///< "cerebral/ai-base:cuda" or "cerebral/ai-base@sha256:…"
    std::string commit;
    WallTime created{};
};

/// Thread-safe.
class ImageRegistry {
public:
    explicit ImageRegistry(std::uint64_t seed) : seed_(seed) {}

    /// Returns the digest the tag now points to: of an index, or of the manifest of the only platform.
    std::string pushBase(const BaseImage& image, WallTime created);
    /// On top of the base's amd64 layers, as Kaniko builds. Empty when the base is not there.
    std::string pushService(const ServiceImage& image);

    [[nodiscard]] std::vector<std::string> repositories() const;
    [[nodiscard]] std::optional<std::vector<std::string>> tags(const std::string& repository) const;
    /// By tag or digest.
    [[nodiscard]] BlobPtr manifest(const std::string& repository, const std::string& reference) const;
    [[nodiscard]] BlobPtr blob(const std::string& repository, const std::string& digest) const;
    [[nodiscard]] bool hasRepository(const std::string& repository) const;

private:
    struct Repository {
        std::map<std::string, std::string, std::less<>> tags;
        std::map<std::string, BlobPtr, std::less<>> manifests;
        std::map<std::string, BlobPtr, std::less<>> blobs;
    };
    struct Layer {
        BlobPtr blob;
        std::string diffId;
    };
    Layer makeLayer(const std::string& path, const std::string& content);
    static BlobPtr addManifest(Repository& repository, std::string mediaType, std::string bytes);
    BlobPtr manifestLocked(const std::string& repository, const std::string& reference) const;

    std::uint64_t seed_;
    mutable std::mutex mutex_;
    std::map<std::string, Repository, std::less<>> repositories_;
    std::map<std::string, Layer> layers_;  ///< by path and content: equal layers are one blob
};

}  // namespace cerebral::demo
