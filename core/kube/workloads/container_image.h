#pragma once
/// @file ContainerImage: which image a pod template names for which container.

#include <string>
#include <string_view>
#include <vector>

namespace cerebral::kube {

struct ContainerImage {
    std::string container;
    std::string image;

    friend bool operator==(const ContainerImage&, const ContainerImage&) = default;
};
/// One of the images is pinned to this digest. An empty digest is carried by none.
[[nodiscard]] bool anyCarries(const std::vector<ContainerImage>& images, std::string_view digest);
/// The digests the images are pinned to.
[[nodiscard]] std::vector<std::string> digestsOf(const std::vector<ContainerImage>& images);

/// The number in a revision annotation; 0 for anything else.
[[nodiscard]] int revisionNumber(std::string_view annotation) noexcept;

}  // namespace cerebral::kube
