#pragma once
/// @file ImageReader: puts an Image together out of index, manifests and configurations.
///
/// What a digest names never changes, so it is kept: a tag that moved costs only its new parts.
/// Not thread-safe; one thread at a time.

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/registry/image.h"
#include "core/registry/registry_client.h"

namespace cerebral::registry {

class ImageReader {
public:
    /// `client` must outlive the reader. At most `capacity` platform images are kept.
    explicit ImageReader(RegistryClient& client, std::size_t capacity = 20'000)
        : client_(client), capacity_(capacity) {}

    /// An index whose platform manifest is gone fails as a whole: it cannot be pulled there either.
    Result<Image> read(std::string_view repository, std::string_view tag, std::stop_token stop);

private:
    Result<PlatformImage> platformImage(std::string_view repository, const std::string& digest,
                                        const Manifest& manifest, std::stop_token stop);
    Result<PlatformImage> entry(std::string_view repository, const Descriptor& descriptor, std::stop_token stop);
    void keep(const PlatformImage& image);

    RegistryClient& client_;
    std::size_t capacity_;
    std::unordered_map<std::string, PlatformImage> known_;  ///< by manifest digest
};

}  // namespace cerebral::registry
