#include "core/kube/workloads/container_image.h"

#include <algorithm>
#include <charconv>

#include "core/kube/workloads/image_name.h"

namespace cerebral::kube {

bool anyCarries(const std::vector<ContainerImage>& images, std::string_view digest) {
    return !digest.empty() && std::any_of(images.begin(), images.end(), [&](const ContainerImage& image) {
        return parseImageName(image.image).digest == digest;
    });
}

std::vector<std::string> digestsOf(const std::vector<ContainerImage>& images) {
    std::vector<std::string> digests;
    for (const ContainerImage& image : images) {
        std::string digest = parseImageName(image.image).digest;
        if (!digest.empty()) digests.push_back(std::move(digest));
    }
    return digests;
}

int revisionNumber(std::string_view annotation) noexcept {
    int number = 0;
    const auto [end, error] = std::from_chars(annotation.data(), annotation.data() + annotation.size(), number);
    return error == std::errc{} && end == annotation.data() + annotation.size() && number > 0 ? number : 0;
}

}  // namespace cerebral::kube
