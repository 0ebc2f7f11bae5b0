#include "core/config/config.h"

namespace cerebral::config {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// Where to resume after a mismatch: the wildcard swallows one character more.
struct Resume {
    std::size_t pattern = kNone;
    std::size_t path = 0;
    [[nodiscard]] bool set() const { return pattern != kNone; }
};

/// Without recursion: a `*` can only fail within its segment, so the newest `*` and the newest `**`
/// are all that ever has to be resumed.
bool matchesGlob(std::string_view pattern, std::string_view path) {
    std::size_t i = 0;
    std::size_t j = 0;
    Resume star;
    Resume doubleStar;
    while (j < path.size() || i < pattern.size()) {
        if (i < pattern.size() && pattern[i] == '*') {
            if (i + 1 < pattern.size() && pattern[i + 1] == '*') {
                i += 2;
                // "**/" may match nothing at the start of a segment.
                if (i < pattern.size() && pattern[i] == '/' && (j == 0 || path[j - 1] == '/')) ++i;
                doubleStar = {i, j};
                star = {};
                continue;
            }
            star = {++i, j};
            continue;
        }
        if (i < pattern.size() && j < path.size() &&
            (pattern[i] == path[j] || (pattern[i] == '?' && path[j] != '/'))) {
            ++i;
            ++j;
            continue;
        }
        if (star.set() && star.path < path.size() && path[star.path] != '/') {
            i = star.pattern;
            j = ++star.path;
            continue;
        }
        if (doubleStar.set() && doubleStar.path < path.size()) {
            // What stands before a "**/" boundary ends at a '/'.
            i = doubleStar.pattern;
            const bool atSegments = i > 0 && pattern[i - 1] == '/';
            do {
                ++doubleStar.path;
            } while (atSegments && doubleStar.path < path.size() && path[doubleStar.path - 1] != '/');
            if (atSegments && path[doubleStar.path - 1] != '/') return false;
            j = doubleStar.path;
            star = {};
            continue;
        }
        return false;
    }
    return true;
}

}  // namespace

bool matchesPattern(std::string_view pattern, std::string_view path) {
    if (pattern.starts_with('/')) pattern.remove_prefix(1);
    if (pattern.ends_with("/**")) pattern.remove_suffix(2);
    if (pattern.ends_with('/')) {
        if (pattern.find_first_of("*?") == kNone) return path.size() > pattern.size() && path.starts_with(pattern);
        return matchesGlob(std::string(pattern) + "**", path) && !path.ends_with('/');
    }
    return matchesGlob(pattern, path);
}

}  // namespace cerebral::config
