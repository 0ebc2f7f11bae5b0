#include "core/config/value_checks.h"

#include <algorithm>
#include <charconv>

#include "core/config/config.h"

namespace cerebral::config {
namespace {

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kAlnum = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kMaxSubdomain = 253;
constexpr std::size_t kMaxTag = 128;
constexpr std::size_t kMaxPath = 512;

bool consistsOf(std::string_view text, std::string_view letters, std::string_view more = {}) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return letters.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos;
    });
}

bool isLower(char c) {
    return kLower.find(c) != std::string_view::npos;
}

bool hasDotDot(std::string_view path) {
    return path == ".." || path.starts_with("../") || path.ends_with("/..") ||
           path.find("/../") != std::string_view::npos;
}

bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; });
}

}  // namespace

std::string checkServiceName(const std::string& value) {
    return isServiceName(value) ? "" : "write lower-case letters, digits and inner dashes, at most 63";
}

std::string checkObjectName(const std::string& value) {
    const bool fits = !value.empty() && value.size() <= kMaxSubdomain && consistsOf(value, kLower, "-.") &&
                      isLower(value.front()) && isLower(value.back());
    return fits ? "" : "write lower-case letters, digits and inner dashes or dots, at most 253";
}

std::string checkOptionalObjectName(const std::string& value) {
    return value.empty() ? "" : checkObjectName(value);
}

std::string checkRegistry(const std::string& value) {
    if (value.find("://") != std::string::npos) return "write host:port without a scheme";
    if (value.find('/') != std::string::npos) return "write host:port alone; image names carry the path";
    const bool fits = !value.empty() && value.size() <= kMaxSubdomain && consistsOf(value, kAlnum, "-.:[]");
    return fits ? "" : "write host:port, such as 10.34.0.202:5000";
}

std::string checkImageName(const std::string& value) {
    const bool fits = !value.empty() && value.size() <= kMaxSubdomain && consistsOf(value, kLower, "-._/") &&
                      isLower(value.front()) && isLower(value.back()) && value.find("//") == std::string::npos;
    return fits ? "" : "write a repository name without registry and tag, such as cerebral/ai-services";
}

std::string checkOptionalTag(const std::string& value) {
    const bool fits = value.size() <= kMaxTag && consistsOf(value, kAlnum, "_.-") &&
                      (value.empty() || (value.front() != '.' && value.front() != '-'));
    return fits ? "" : "write a tag: letters, digits, _ . -, at most 128";
}

std::string checkQuantity(const std::string& value) {
    const std::size_t digits = std::min(value.find_first_not_of(kDigits), value.size());
    const std::string_view unit = std::string_view(value).substr(digits);
    const bool known = unit.empty() || unit == "k" || unit == "Ki" || unit == "M" || unit == "Mi" || unit == "G" ||
                       unit == "Gi" || unit == "T" || unit == "Ti";
    return digits > 0 && digits <= 15 && known ? "" : "write a size such as 2Gi or 500Mi";
}

std::string checkRepository(const std::string& value) {
    const std::size_t slash = value.find('/');
    const bool fits = slash != std::string::npos && slash > 0 && slash + 1 < value.size() &&
                      consistsOf(value.substr(0, slash), kAlnum, "-._") &&
                      consistsOf(value.substr(slash + 1), kAlnum, "-._");
    return fits ? "" : "write owner/name";
}

std::string checkPattern(const std::string& value) {
    const bool fits = !value.empty() && value.size() <= kMaxPath && !hasControl(value) && !hasDotDot(value);
    return fits ? "" : "write a path or pattern below the repository's root, such as microservices/ai-services/**";
}

std::string checkRelativePath(const std::string& value) {
    const bool fits = !value.empty() && value.size() <= kMaxPath && !hasControl(value) && !hasDotDot(value) &&
                      value.front() != '/' && value.back() != '/';
    return fits ? "" : "write a path below the repository's root, without a slash at either end";
}

std::optional<std::chrono::seconds> parseDuration(std::string_view text) {
    constexpr std::int64_t kMost = 3650LL * 24 * 3600;
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || number < 0 || number > kMost) return std::nullopt;
    const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
    std::int64_t factor = 0;
    if (unit == "d") factor = 24 * 3600;
    if (unit == "h") factor = 3600;
    if (unit == "m") factor = 60;
    if (unit == "s") factor = 1;
    if (unit.empty() && number == 0) factor = 1;
    if (factor == 0 || number > kMost / factor) return std::nullopt;
    return std::chrono::seconds(number * factor);
}

}  // namespace cerebral::config
