#pragma once
/// @file ImageName: the parts of a container image reference, and the digest of what really runs.
///
/// Grammar: distribution reference (`[HOST[:PORT]/]PATH[:TAG][@DIGEST]`).

#include <string>
#include <string_view>

namespace cerebral::kube {

struct ImageName {
    std::string host;        ///< "10.34.0.202:5000"; empty when the reference has none
    std::string repository;  ///< "cerebral/ai-services"
    std::string tag;         ///< empty when absent
    std::string digest;      ///< "sha256:…"; empty when absent
};
[[nodiscard]] ImageName parseImageName(std::string_view reference);

/// The manifest digest out of a container status' imageID: "repo@sha256:…", also with Docker's
/// "docker-pullable://" before it. A bare "sha256:…" is an image's configuration, which no manifest
/// digest can be compared with: empty.
[[nodiscard]] std::string digestOfImageId(std::string_view imageId);

/// "9eb2fbc" out of "sha256:9eb2fbc5…".
[[nodiscard]] std::string_view shortDigest(std::string_view digest) noexcept;

}  // namespace cerebral::kube
