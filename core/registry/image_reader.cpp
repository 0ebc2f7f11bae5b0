#include "core/registry/image_reader.h"

#include <utility>

namespace cerebral::registry {

void ImageReader::keep(const PlatformImage& image) {
    // Simple and bounded: the working set of a registry is far smaller than the capacity.
    if (known_.size() >= capacity_) known_.clear();
    known_[image.digest] = image;
}

Result<PlatformImage> ImageReader::platformImage(std::string_view repository, const std::string& digest,
                                                 const Manifest& manifest, std::stop_token stop) {
    if (const auto known = known_.find(digest); known != known_.end()) return known->second;
    auto config = client_.config(repository, manifest.config.digest, std::move(stop));
    if (!config) return fail(std::move(config.error()));
    PlatformImage image;
    image.platform = std::move(config->platform);
    image.digest = digest;
    image.size = manifest.size();
    image.created = config->created;
    image.revision = config->revision();
    if (image.revision.empty()) {
        const auto annotation = manifest.annotations.find(kRevisionLabel);
        if (annotation != manifest.annotations.end()) image.revision = annotation->second;
    }
    for (const Descriptor& layer : manifest.layers) image.layers.push_back(layer.digest);
    image.diffIds = std::move(config->diffIds);
    keep(image);
    return image;
}

Result<PlatformImage> ImageReader::entry(std::string_view repository, const Descriptor& descriptor,
                                         std::stop_token stop) {
    Result<PlatformImage> image = PlatformImage{};
    if (const auto known = known_.find(descriptor.digest); known != known_.end()) {
        image = known->second;
    } else {
        auto answer = client_.manifest(repository, descriptor.digest, stop);
        if (!answer && answer.error().kind == ErrorKind::NotFound) {
            return fail(ErrorKind::Malformed, "the manifest for " + descriptor.platform.text() + " is not there");
        }
        if (!answer) return fail(std::move(answer.error()));
        if (answer->manifest.isIndex()) return fail(ErrorKind::Unsupported, "an index inside an index");
        image = platformImage(repository, answer->digest, answer->manifest, std::move(stop));
    }
    // The index is what a node chooses by, and knows the variant.
    if (image && !descriptor.platform.text().empty()) image->platform = descriptor.platform;
    return image;
}

Result<Image> ImageReader::read(std::string_view repository, std::string_view tag, std::stop_token stop) {
    auto answer = client_.manifest(repository, tag, stop);
    if (!answer) return fail(std::move(answer.error()));
    Image image;
    image.repository = repository;
    image.tag = tag;
    image.digest = answer->digest;
    image.mediaType = answer->manifest.mediaType;
    if (!answer->manifest.isIndex()) {
        auto only = platformImage(repository, answer->digest, answer->manifest, std::move(stop));
        if (!only) return fail(std::move(only.error()));
        image.platforms.push_back(std::move(*only));
        return image;
    }
    for (const Descriptor& descriptor : answer->manifest.entries) {
        if (!isManifestType(descriptor.mediaType)) continue;
        auto one = entry(repository, descriptor, stop);
        if (!one) return fail(std::move(one.error()));
        image.platforms.push_back(std::move(*one));
    }
    return image;
}

}  // namespace cerebral::registry
