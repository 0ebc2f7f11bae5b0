#include "core/webhook/service_matcher.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "core/base/plain_text.h"

namespace cerebral::webhook {
namespace {

constexpr std::size_t kShownPath = 120;

bool matchesAny(const std::vector<std::string>& patterns, std::string_view path) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return config::matchesPattern(pattern, path); });
}

/// What a push did to one service.
struct Hit {
    const TouchedPath* path = nullptr;  ///< the one to cite: a remaining one before a removed one
    bool allRemoved = true;
    bool dockerfileRemoved = false;

    void add(const TouchedPath& touched, const std::string& dockerfile) {
        if (path == nullptr || (path->removed && !touched.removed)) path = &touched;
        allRemoved &= touched.removed;
        dockerfileRemoved |= touched.removed && touched.path == dockerfile;
    }
    [[nodiscard]] bool serviceRemoved() const { return allRemoved && dockerfileRemoved; }
    [[nodiscard]] std::string why() const {
        return plainLine(path->path, kShownPath) + (path->removed ? " removed" : " changed");
    }
};

void takeHit(const config::ServiceRule& rule, const Hit& hit, MatchedServices& result) {
    if (hit.path == nullptr) return;
    if (hit.serviceRemoved()) {
        result.removed.push_back(rule.name);
        return;
    }
    result.changed.push_back({rule, Trigger::Push, false, hit.why()});
}

/// NAME out of "microservices/NAME/…"; empty when the path lies elsewhere.
std::string_view folderOf(std::string_view path, std::string_view root) {
    if (path.size() <= root.size() || !path.starts_with(root) || path[root.size()] != '/') return {};
    const std::string_view rest = path.substr(root.size() + 1);
    const std::size_t slash = rest.find('/');
    return slash == std::string_view::npos ? std::string_view() : rest.substr(0, slash);
}

std::vector<const TouchedPath*> relevantPaths(const TouchedPaths& touched, const config::Config& config) {
    std::vector<const TouchedPath*> paths;
    paths.reserve(touched.paths.size());
    for (const TouchedPath& path : touched.paths) {
        if (!matchesAny(config.ignoredPaths, path.path)) paths.push_back(&path);
    }
    return paths;
}

void matchFolders(const std::vector<const TouchedPath*>& paths, const std::vector<config::ServiceRule>& known,
                  const config::Config& config, MatchedServices& result) {
    std::set<std::string_view> knownNames;
    for (const config::ServiceRule& rule : known) knownNames.insert(rule.name);
    std::map<std::string_view, std::vector<const TouchedPath*>> folders;
    for (const TouchedPath* path : paths) {
        const std::string_view name = folderOf(path->path, config.servicesRoot);
        if (name.empty() || knownNames.contains(name) || matchesAny(config.sharedPaths, path->path)) continue;
        folders[name].push_back(path);
    }
    for (const auto& [name, folderPaths] : folders) {
        const auto rule = ruleFor(name, config);
        if (!rule) {
            result.notes.push_back("folder \"" + plainLine(name, kShownPath) + "\" cannot be a service's name");
            continue;
        }
        Hit hit;
        for (const TouchedPath* path : folderPaths) hit.add(*path, rule->dockerfile);
        takeHit(*rule, hit, result);
    }
}

}  // namespace

MatchedServices matchServices(const TouchedPaths& touched, const std::vector<config::ServiceRule>& known,
                              const config::Config& config) {
    MatchedServices result;
    const std::vector<const TouchedPath*> paths = relevantPaths(touched, config);
    for (const config::ServiceRule& rule : known) {
        Hit hit;
        for (const TouchedPath* path : paths) {
            if (matchesAny(rule.paths, path->path)) hit.add(*path, rule.dockerfile);
        }
        takeHit(rule, hit, result);
    }
    matchFolders(paths, known, config, result);
    for (const TouchedPath* path : paths) {
        if (result.shared.empty() && matchesAny(config.sharedPaths, path->path)) {
            result.shared = plainLine(path->path, kShownPath);
        }
        if (result.baseImage.empty() && matchesAny(config.baseImagePaths, path->path)) {
            result.baseImage = plainLine(path->path, kShownPath);
        }
    }
    return result;
}

}  // namespace cerebral::webhook
