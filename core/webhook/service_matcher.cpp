#include "core/webhook/service_matcher.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "core/base/plain_text.h"

namespace cerebral::webhook {
namespace {

constexpr std::size_t kShownPath = 120;

/// "microservices/NAME/" of a path or a pattern's beginning; empty when there are no two folders.
std::string_view twoFolders(std::string_view path) {
    const std::size_t first = path.find('/');
    const std::size_t second = first == std::string_view::npos ? first : path.find('/', first + 1);
    return second == std::string_view::npos ? std::string_view() : path.substr(0, second + 1);
}

/// Patterns with what every path they match begins with: most paths are told apart by that alone.
class Patterns {
public:
    explicit Patterns(const std::vector<std::string>& patterns) {
        for (const std::string& text : patterns) {
            std::string_view pattern = text;
            if (pattern.starts_with('/')) pattern.remove_prefix(1);
            patterns_.push_back({pattern, pattern.substr(0, pattern.find_first_of("*?"))});
        }
    }
    [[nodiscard]] bool match(std::string_view path) const {
        return std::any_of(patterns_.begin(), patterns_.end(), [&](const Pattern& pattern) {
            return begins(path, pattern.beginning) && config::matchesPattern(pattern.whole, path);
        });
    }
    [[nodiscard]] bool empty() const noexcept { return patterns_.empty(); }
    /// The first two folders that all paths of a pattern share, for those that have them.
    [[nodiscard]] std::vector<std::string_view> folders() const {
        std::vector<std::string_view> folders;
        for (const Pattern& pattern : patterns_) {
            if (const auto folder = twoFolders(pattern.beginning); !folder.empty()) folders.push_back(folder);
        }
        return folders;
    }
    /// A pattern does not say in which folder its paths lie.
    [[nodiscard]] bool concernsAnyFolder() const { return folders().size() < patterns_.size(); }

private:
    /// Services share "microservices/": the end of a beginning tells them apart sooner than its start.
    static bool begins(std::string_view path, std::string_view beginning) {
        if (path.size() < beginning.size()) return false;
        return beginning.empty() || (path[beginning.size() - 1] == beginning.back() && path.starts_with(beginning));
    }

    struct Pattern {
        std::string_view whole;
        std::string_view beginning;
    };
    std::vector<Pattern> patterns_;
};

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
    /// Nothing that follows changes what is said of the service.
    [[nodiscard]] bool settled() const { return path != nullptr && !path->removed; }
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
    const Patterns ignored(config.ignoredPaths);
    std::vector<const TouchedPath*> paths;
    paths.reserve(touched.paths.size());
    for (const TouchedPath& path : touched.paths) {
        if (ignored.empty() || !ignored.match(path.path)) paths.push_back(&path);
    }
    return paths;
}

/// A folder under the services' root that no rule names.
struct Folder {
    Result<config::ServiceRule> rule;
    Hit hit;
};

void matchFolders(const std::vector<const TouchedPath*>& paths, const std::vector<config::ServiceRule>& known,
                  const Patterns& shared, const config::Config& config, MatchedServices& result) {
    std::unordered_set<std::string_view> knownNames;
    for (const config::ServiceRule& rule : known) knownNames.insert(rule.name);
    std::map<std::string_view, Folder> folders;
    std::string_view done;  // neighbours mostly lie in the same folder
    for (const TouchedPath* path : paths) {
        const std::string_view name = folderOf(path->path, config.servicesRoot);
        if (name.empty() || name == done) continue;
        if (knownNames.contains(name)) {
            done = name;
            continue;
        }
        if (shared.match(path->path)) continue;
        const auto folder = folders.find(name);
        Folder& found = folder != folders.end()
                            ? folder->second
                            : folders.emplace(name, Folder{ruleFor(name, config), {}}).first->second;
        if (found.rule) found.hit.add(*path, found.rule->dockerfile);
        if (!found.rule || found.hit.settled()) done = name;
    }
    for (const auto& [name, folder] : folders) {
        if (!folder.rule) {
            result.notes.push_back("folder \"" + plainLine(name, kShownPath) + "\" cannot be a service's name");
            continue;
        }
        takeHit(*folder.rule, folder.hit, result);
    }
}

/// Which rules a path may concern, by its first two folders: a push may name hundreds of thousands of paths,
/// and a platform may have dozens of services.
class RulesByFolder {
public:
    explicit RulesByFolder(const std::vector<Patterns>& rules) {
        std::vector<std::size_t> anywhere;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            if (rules[i].concernsAnyFolder()) anywhere.push_back(i);
        }
        elsewhere_ = anywhere;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            for (const std::string_view folder : rules[i].folders()) {
                auto& candidates = byFolder_.try_emplace(folder, anywhere).first->second;
                if (std::find(candidates.begin(), candidates.end(), i) == candidates.end()) candidates.push_back(i);
            }
        }
    }
    [[nodiscard]] const std::vector<std::size_t>& candidates(std::string_view path) const {
        const auto found = byFolder_.find(twoFolders(path));
        return found == byFolder_.end() ? elsewhere_ : found->second;
    }

private:
    std::unordered_map<std::string_view, std::vector<std::size_t>> byFolder_;
    std::vector<std::size_t> elsewhere_;
};

/// What the paths did to each rule, in the rules' order.
std::vector<Hit> hitsOf(const std::vector<config::ServiceRule>& known, const std::vector<const TouchedPath*>& paths) {
    std::vector<Patterns> patterns;
    patterns.reserve(known.size());
    for (const config::ServiceRule& rule : known) patterns.emplace_back(rule.paths);
    const RulesByFolder index(patterns);
    std::vector<Hit> hits(known.size());
    for (const TouchedPath* path : paths) {
        for (const std::size_t i : index.candidates(path->path)) {
            if (!hits[i].settled() && patterns[i].match(path->path)) hits[i].add(*path, known[i].dockerfile);
        }
    }
    return hits;
}

/// The first path that matches, for people; empty when none does.
std::string firstMatch(const Patterns& patterns, const std::vector<const TouchedPath*>& paths) {
    if (patterns.empty()) return {};
    const auto found =
        std::find_if(paths.begin(), paths.end(), [&](const TouchedPath* path) { return patterns.match(path->path); });
    return found == paths.end() ? std::string() : plainLine((*found)->path, kShownPath);
}

}  // namespace

MatchedServices matchServices(const TouchedPaths& touched, const std::vector<config::ServiceRule>& known,
                              const config::Config& config) {
    MatchedServices result;
    const Patterns shared(config.sharedPaths);
    const std::vector<const TouchedPath*> paths = relevantPaths(touched, config);
    const std::vector<Hit> hits = hitsOf(known, paths);
    for (std::size_t i = 0; i < known.size(); ++i) takeHit(known[i], hits[i], result);
    matchFolders(paths, known, shared, config, result);
    result.shared = firstMatch(shared, paths);
    result.baseImage = firstMatch(Patterns(config.baseImagePaths), paths);
    return result;
}

}  // namespace cerebral::webhook
