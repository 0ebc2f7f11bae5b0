#include "core/kube/workloads/image_name.h"

namespace cerebral::kube {
namespace {

constexpr std::size_t kShortDigest = 7;

/// What stands before the first slash is a host when it could not be a path component.
bool looksLikeHost(std::string_view first) {
    return first == "localhost" || first.find_first_of(".:") != std::string_view::npos;
}

}  // namespace

ImageName parseImageName(std::string_view reference) {
    ImageName name;
    if (const auto at = reference.find('@'); at != std::string_view::npos) {
        name.digest = reference.substr(at + 1);
        reference = reference.substr(0, at);
    }
    if (const auto slash = reference.find('/');
        slash != std::string_view::npos && looksLikeHost(reference.substr(0, slash))) {
        name.host = reference.substr(0, slash);
        reference = reference.substr(slash + 1);
    }
    if (const auto colon = reference.rfind(':'); colon != std::string_view::npos) {
        name.tag = reference.substr(colon + 1);
        reference = reference.substr(0, colon);
    }
    name.repository = reference;
    return name;
}

std::string digestOfImageId(std::string_view imageId) {
    const auto at = imageId.rfind('@');
    return at == std::string_view::npos ? std::string() : std::string(imageId.substr(at + 1));
}

std::string_view shortDigest(std::string_view digest) noexcept {
    const auto colon = digest.find(':');
    if (colon != std::string_view::npos) digest.remove_prefix(colon + 1);
    return digest.substr(0, kShortDigest);
}

}  // namespace cerebral::kube
