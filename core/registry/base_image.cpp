#include <algorithm>
#include <limits>

#include "core/registry/image.h"

namespace cerebral::registry {
namespace {

bool beginsWith(const std::vector<std::string>& whole, const std::vector<std::string>& start) {
    return !start.empty() && start.size() <= whole.size() && std::equal(start.begin(), start.end(), whole.begin());
}

}  // namespace

bool isBuiltOn(const PlatformImage& image, const PlatformImage& base) noexcept {
    return beginsWith(image.layers, base.layers) || beginsWith(image.diffIds, base.diffIds);
}

std::optional<bool> isBuiltOn(const Image& image, const Image& base) noexcept {
    std::optional<bool> built;
    for (const PlatformImage& own : image.platforms) {
        const PlatformImage* below = base.find(own.platform.os, own.platform.architecture);
        if (below == nullptr) continue;
        built = built.value_or(true) && isBuiltOn(own, *below);
    }
    return built;
}

std::int64_t Image::size() const noexcept {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    std::int64_t sum = 0;
    for (const PlatformImage& image : platforms) sum = image.size > kMost - sum ? kMost : sum + image.size;
    return sum;
}

std::optional<WallTime> Image::created() const noexcept {
    std::optional<WallTime> newest;
    for (const PlatformImage& image : platforms) newest = std::max(newest, image.created);
    return newest;
}

std::string Image::revision() const {
    if (platforms.empty()) return {};
    const std::string& first = platforms.front().revision;
    const bool agreed = std::all_of(platforms.begin(), platforms.end(),
                                    [&](const PlatformImage& image) { return image.revision == first; });
    return agreed ? first : std::string();
}

const PlatformImage* Image::find(std::string_view os, std::string_view architecture) const noexcept {
    const auto it = std::find_if(platforms.begin(), platforms.end(), [&](const PlatformImage& image) {
        return image.platform.os == os && image.platform.architecture == architecture;
    });
    return it == platforms.end() ? nullptr : &*it;
}

std::vector<std::string> Image::missing(const std::vector<std::string>& wanted) const {
    std::vector<std::string> absent;
    for (const std::string& architecture : wanted) {
        if (find("linux", architecture) == nullptr) absent.push_back(architecture);
    }
    return absent;
}

}  // namespace cerebral::registry
