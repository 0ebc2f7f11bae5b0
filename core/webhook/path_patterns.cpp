#include "core/webhook/path_patterns.h"

#include <algorithm>

#include "core/config/config.h"

namespace cerebral::webhook {
namespace {

/// Services share "microservices/": the end of a beginning tells them apart sooner than its start.
bool begins(std::string_view path, std::string_view beginning) {
    if (path.size() < beginning.size()) return false;
    return beginning.empty() || (path[beginning.size() - 1] == beginning.back() && path.starts_with(beginning));
}

}  // namespace

PathPatterns::PathPatterns(const std::vector<std::string>& patterns) {
    patterns_.reserve(patterns.size());
    for (const std::string& text : patterns) {
        std::string_view pattern = text;
        if (pattern.starts_with('/')) pattern.remove_prefix(1);
        patterns_.push_back({pattern, pattern.substr(0, pattern.find_first_of("*?"))});
    }
}

bool PathPatterns::match(std::string_view path) const {
    return std::any_of(patterns_.begin(), patterns_.end(), [&](const Pattern& pattern) {
        return begins(path, pattern.beginning) && config::matchesPattern(pattern.whole, path);
    });
}

bool PathPatterns::mayMatchIn(std::string_view folder) const {
    return std::any_of(patterns_.begin(), patterns_.end(), [&](const Pattern& pattern) {
        return pattern.beginning.starts_with(folder) || folder.starts_with(pattern.beginning);
    });
}

}  // namespace cerebral::webhook
