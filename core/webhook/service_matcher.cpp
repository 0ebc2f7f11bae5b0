#include "core/webhook/service_matcher.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "core/base/plain_text.h"
#include "core/webhook/path_patterns.h"

namespace cerebral::webhook {
namespace {

constexpr std::size_t kShownPath = 120;

/// What a push did to one service.
class Hit {
public:
    void add(const TouchedPath& touched, const std::string& dockerfile) {
        // The one to cite: a remaining path before a removed one.
        if (!path_ || (path_->removed && !touched.removed)) path_ = touched;
        allRemoved_ &= touched.removed;
        dockerfileRemoved_ |= touched.removed && touched.path == dockerfile;
    }
    /// Nothing that follows changes what is said of the service.
    [[nodiscard]] bool settled() const { return path_ && !path_->removed; }

    void report(const config::ServiceRule& rule, MatchedServices& result) const {
        if (!path_) return;
        if (allRemoved_ && dockerfileRemoved_) {
            result.removed.push_back(rule.name);
            return;
        }
        const std::string why = plainLine(path_->path, kShownPath) + (path_->removed ? " removed" : " changed");
        result.changed.push_back({rule, Trigger::Push, false, why});
    }

private:
    std::optional<TouchedPath> path_;
    bool allRemoved_ = true;
    bool dockerfileRemoved_ = false;
};

/// Patterns of which only the first path that matches is of interest.
struct FirstMatch {
    PathPatterns patterns;
    std::string path{};  ///< for people; empty: none yet

    bool take(std::string_view touched) {
        if (!patterns.match(touched)) return false;
        if (path.empty()) path = plainLine(touched, kShownPath);
        return true;
    }
};

/// A folder under the services' root that no rule names.
struct Unlisted {
    Result<config::ServiceRule> rule;
    Hit hit{};
    [[nodiscard]] bool settled() const { return !rule || hit.settled(); }
};

/// What the paths of one folder may still tell.
struct Folder {
    std::vector<std::size_t> rules;  ///< those that may match here and are not settled
    std::string_view service;      ///< the name it would give to a service; empty: a rule has it, or it is elsewhere
    Unlisted* unlisted = nullptr;  ///< from the first path on that makes it one
    bool mayBeIgnored = false;
    bool mayBeShared = false;
    bool mayBeBaseImage = false;
};

/// Takes every path once. A push may name hundreds of thousands, and most lie in folders of which all is known.
class Matcher {
public:
    Matcher(const std::vector<config::ServiceRule>& known, const config::Config& config)
        : known_(known),
          config_(config),
          hits_(known.size()),
          ignored_(config.ignoredPaths),
          shared_{PathPatterns(config.sharedPaths)},
          baseImage_{PathPatterns(config.baseImagePaths)} {
        patterns_.reserve(known.size());
        for (const config::ServiceRule& rule : known) {
            patterns_.emplace_back(rule.paths);
            knownNames_.insert(rule.name);
        }
    }

    void take(const TouchedPath& touched) {
        Folder& folder = folderOf(touched.path);
        if (allKnown(folder) || (folder.mayBeIgnored && ignored_.match(touched.path))) return;
        std::erase_if(folder.rules, [&](std::size_t i) {
            if (!hits_[i].settled() && patterns_[i].match(touched.path)) hits_[i].add(touched, known_[i].dockerfile);
            return hits_[i].settled();
        });
        const bool isShared = folder.mayBeShared && shared_.take(touched.path);
        if (!isShared && !folder.service.empty()) takeUnlisted(touched, folder);
        if (folder.mayBeBaseImage) baseImage_.take(touched.path);
    }

    [[nodiscard]] MatchedServices result() const {
        MatchedServices result;
        for (std::size_t i = 0; i < known_.size(); ++i) hits_[i].report(known_[i], result);
        for (const auto& [name, unlisted] : unlisted_) {
            if (unlisted.rule) {
                unlisted.hit.report(*unlisted.rule, result);
            } else {
                result.notes.push_back("folder \"" + plainLine(name, kShownPath) + "\" cannot be a service's name");
            }
        }
        result.shared = shared_.path;
        result.baseImage = baseImage_.path;
        return result;
    }

private:
    /// "microservices/NAME/" of a path under the services' root, else its first folder; "" for files at the top.
    [[nodiscard]] std::string_view keyOf(std::string_view path) const {
        const std::string_view root = config_.servicesRoot;
        const bool below = path.size() > root.size() && path[root.size()] == '/' && path.starts_with(root);
        const std::size_t slash = path.find('/', below ? root.size() + 1 : 0);
        return path.substr(0, slash == std::string_view::npos ? 0 : slash + 1);
    }

    [[nodiscard]] Folder& folderOf(std::string_view path) {
        // Lists are in order of the paths: neighbours lie together.
        if (!last_.empty() && path.starts_with(last_)) return *lastFolder_;
        const std::string_view key = keyOf(path);
        const auto [found, isNew] = folders_.try_emplace(key);
        if (isNew) found->second = makeFolder(key);
        // Other keys may begin a path that has a longer one: "src/" where services lie below "src/services".
        last_ = isService(key) ? key : std::string_view();
        lastFolder_ = &found->second;
        return found->second;
    }

    /// Is it "microservices/NAME/"?
    [[nodiscard]] bool isService(std::string_view key) const {
        const std::size_t root = config_.servicesRoot.size();
        return key.size() > root + 1 && key[root] == '/' && key.starts_with(config_.servicesRoot);
    }

    [[nodiscard]] Folder makeFolder(std::string_view key) const {
        Folder folder;
        for (std::size_t i = 0; i < patterns_.size(); ++i) {
            if (!hits_[i].settled() && patterns_[i].mayMatchIn(key)) folder.rules.push_back(i);
        }
        if (isService(key)) {
            const std::size_t root = config_.servicesRoot.size();
            const std::string_view name = key.substr(root + 1, key.size() - root - 2);
            if (!knownNames_.contains(name)) folder.service = name;
        }
        folder.mayBeIgnored = ignored_.mayMatchIn(key);
        folder.mayBeShared = shared_.patterns.mayMatchIn(key);
        folder.mayBeBaseImage = baseImage_.patterns.mayMatchIn(key);
        return folder;
    }

    [[nodiscard]] bool allKnown(const Folder& folder) const {
        return folder.rules.empty() && (folder.service.empty() || (folder.unlisted && folder.unlisted->settled())) &&
               (!folder.mayBeShared || !shared_.path.empty()) && (!folder.mayBeBaseImage || !baseImage_.path.empty());
    }

    void takeUnlisted(const TouchedPath& touched, Folder& folder) {
        if (folder.unlisted == nullptr) {
            folder.unlisted =
                &unlisted_.try_emplace(folder.service, Unlisted{ruleFor(folder.service, config_)}).first->second;
        }
        if (folder.unlisted->rule) folder.unlisted->hit.add(touched, folder.unlisted->rule->dockerfile);
    }

    const std::vector<config::ServiceRule>& known_;
    const config::Config& config_;
    std::unordered_set<std::string_view> knownNames_;
    std::vector<PathPatterns> patterns_;  ///< of known_, as hits_
    std::vector<Hit> hits_;
    PathPatterns ignored_;
    FirstMatch shared_;
    FirstMatch baseImage_;
    std::unordered_map<std::string_view, Folder> folders_;
    std::string_view last_;  ///< key of lastFolder_, when all paths that begin with it are its own
    Folder* lastFolder_ = nullptr;
    std::map<std::string_view, Unlisted> unlisted_;
};

}  // namespace

MatchedServices matchServices(const TouchedPaths& touched, const std::vector<config::ServiceRule>& known,
                              const config::Config& config) {
    Matcher matcher(known, config);
    touched.forEach([&](const TouchedPath& path) { matcher.take(path); });
    return matcher.result();
}

}  // namespace cerebral::webhook
