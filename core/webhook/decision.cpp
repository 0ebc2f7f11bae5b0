#include "core/webhook/decision.h"

#include <algorithm>
#include <set>

#include "core/base/plain_text.h"
#include "core/webhook/service_matcher.h"
#include "core/webhook/touched_paths.h"

namespace cerebral::webhook {
namespace {

constexpr std::size_t kShownName = 120;
constexpr std::size_t kShownNotes = 5;

bool matchesAny(const std::vector<std::string>& patterns, std::string_view text) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return config::matchesPattern(pattern, text); });
}

/// GitHub compares names of owners and repositories without case.
bool sameRepository(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool isZeros(std::string_view id) {
    return id.find_first_not_of('0') == std::string_view::npos;
}

std::string shownRef(const PushEvent& push) {
    return plainLine(push.shortRef(), kShownName);
}

/// What ends the matter before any path is looked at; empty: go on.
std::string whyIgnored(const PushEvent& push, const config::Config& config, WallTime now) {
    const auto listed = [&](const std::string& name) { return sameRepository(name, push.repository); };
    if (!config.repositories.empty() &&
        std::none_of(config.repositories.begin(), config.repositories.end(), listed)) {
        return "repository " + plainLine(push.repository, kShownName) + " is not in the configured list";
    }
    const std::string kind = push.isTag() ? "tag " : push.isBranch() ? "branch " : "ref ";
    if (push.deleted || isZeros(push.after)) return kind + shownRef(push) + " was deleted";
    if (push.isTag() && !config.buildTags) return kind + shownRef(push) + ": tags are not built (buildTags)";
    if (!push.isTag() && !push.isBranch()) return kind + shownRef(push) + " is neither a branch nor a tag";
    if (push.ref.find("$(") != std::string::npos) {
        return kind + shownRef(push) + ": Tekton would expand \"$(\" in its name";
    }
    if (config.maxPushAge.count() > 0 && push.pushedAt && now - *push.pushedAt > config.maxPushAge) {
        const auto age = std::chrono::duration_cast<std::chrono::hours>(now - *push.pushedAt).count();
        const auto shown = age >= 48 ? std::to_string(age / 24) + " days" : std::to_string(age) + " hours";
        return "pushed " + shown + " ago, more than maxPushAge allows";
    }
    return {};
}

/// The configured list, then the platform's further services.
std::vector<config::ServiceRule> knownServices(const config::Config& config, const PlatformServices& platform) {
    std::vector<config::ServiceRule> known = config.services;
    std::set<std::string> names;
    for (const config::ServiceRule& rule : known) names.insert(rule.name);
    if (!platform) return known;
    for (const std::string& name : *platform) {
        if (!names.insert(name).second) continue;
        if (auto rule = ruleFor(name, config)) known.push_back(std::move(*rule));
    }
    return known;
}

/// Collects builds in order, each service once, the first reason wins.
class Builds {
public:
    void add(const config::ServiceRule& rule, Trigger trigger, const std::string& why) {
        if (names_.insert(rule.name).second) builds_.push_back({rule, trigger, false, why});
    }
    void addAll(const std::vector<config::ServiceRule>& rules, Trigger trigger, const std::string& why) {
        for (const config::ServiceRule& rule : rules) {
            if (trigger != Trigger::BaseImage || !rule.baseTag.empty()) add(rule, trigger, why);
        }
    }
    [[nodiscard]] std::vector<ServiceBuild> inOrderOf(const std::vector<config::ServiceRule>& known) {
        const auto rank = [&](const ServiceBuild& build) {
            return std::find_if(known.begin(), known.end(),
                                [&](const config::ServiceRule& rule) { return rule.name == build.service.name; }) -
                   known.begin();
        };
        std::stable_sort(builds_.begin(), builds_.end(),
                         [&](const ServiceBuild& a, const ServiceBuild& b) { return rank(a) < rank(b); });
        return std::move(builds_);
    }

private:
    std::vector<ServiceBuild> builds_;
    std::set<std::string> names_;
};

std::vector<config::ServiceRule> without(const std::vector<std::string>& removed,
                                         std::vector<config::ServiceRule> rules, std::vector<std::string>& notes) {
    for (const std::string& name : removed) {
        std::erase_if(rules, [&](const config::ServiceRule& rule) { return rule.name == name; });
        notes.push_back(name + " was removed");
    }
    return rules;
}

void applyBranchRules(const PushEvent& push, std::vector<ServiceBuild>& builds, std::vector<std::string>& notes) {
    const std::string_view name = push.shortRef();
    std::erase_if(builds, [&](const ServiceBuild& build) {
        if (build.service.buildOn.empty() || matchesAny(build.service.buildOn, name)) return false;
        notes.push_back(build.service.name + " is not built on " + shownRef(push));
        return true;
    });
    for (ServiceBuild& build : builds) {
        build.deploy = push.isBranch() && deploysOn(build.service, name, push.defaultBranch);
    }
}

void applyCap(const config::Config& config, std::vector<ServiceBuild>& builds, std::vector<std::string>& notes) {
    if (builds.size() <= config.maxBuildsPerPush) return;
    notes.push_back(std::to_string(builds.size() - config.maxBuildsPerPush) + " more are over maxBuildsPerPush");
    builds.resize(config.maxBuildsPerPush);
}

std::string withNotes(std::string reason, const std::vector<std::string>& notes) {
    for (std::size_t i = 0; i < std::min(notes.size(), kShownNotes); ++i) reason += "; " + notes[i];
    if (notes.size() > kShownNotes) reason += "; and " + std::to_string(notes.size() - kShownNotes) + " more notes";
    return reason;
}

std::string counted(std::size_t count, const char* noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace

const char* toString(Trigger trigger) noexcept {
    switch (trigger) {
        case Trigger::Push:
            return "push";
        case Trigger::BaseImage:
            return "base-image";
        case Trigger::Rebuild:
            return "rebuild";
    }
    return "push";
}

Result<config::ServiceRule> ruleFor(std::string_view service, const config::Config& config) {
    for (const config::ServiceRule& rule : config.services) {
        if (rule.name == service) return rule;
    }
    if (!config::isServiceName(service)) {
        return fail(ErrorKind::NotFound, "\"" + plainLine(service, kShownName) + "\" cannot be a service's name");
    }
    return config::unlistedRule(service, config);
}

bool deploysOn(const config::ServiceRule& rule, std::string_view branch, std::string_view defaultBranch) {
    return rule.deployOn.empty() ? !branch.empty() && branch == defaultBranch : matchesAny(rule.deployOn, branch);
}

Decision decide(const PushEvent& push, const config::Config& config, WallTime now,
                const PlatformServices& platformServices) {
    if (std::string why = whyIgnored(push, config, now); !why.empty()) return {{}, std::move(why)};

    const TouchedPaths touched(push);
    const std::vector<config::ServiceRule> known = knownServices(config, platformServices);
    MatchedServices matched = matchServices(touched, known, config);
    std::string everyService = push.isTag() ? "a tag names the whole tree" : touched.untrusted();
    if (everyService.empty() && !matched.shared.empty()) everyService = matched.shared + " changed";
    std::string base = matched.baseImage.empty() ? std::string() : matched.baseImage + " changed";
    if (base.empty() && touched.rebuildAsked()) base = "an empty commit asks to rebuild";

    Builds collected;
    for (const ServiceBuild& build : matched.changed) collected.add(build.service, build.trigger, build.why);
    std::vector<std::string> notes = std::move(matched.notes);
    // Lists that are not whole prove no removal.
    const std::vector<config::ServiceRule> present =
        touched.untrusted().empty() ? without(matched.removed, known, notes) : known;
    if (!everyService.empty()) collected.addAll(present, Trigger::Push, everyService);
    if (!base.empty()) collected.addAll(present, Trigger::BaseImage, base);

    Decision decision;
    decision.builds = collected.inOrderOf(known);
    applyBranchRules(push, decision.builds, notes);
    applyCap(config, decision.builds, notes);
    if (!platformServices && !(everyService.empty() && base.empty())) {
        notes.emplace_back("the platform's Deployments could not be read, so the configured list stands alone");
    }

    if (!everyService.empty()) {
        decision.reason = "every service: " + everyService;
    } else if (!base.empty()) {
        decision.reason = "every service on a base image: " + base;
    } else if (!decision.builds.empty()) {
        decision.reason = counted(decision.builds.size(), "service") + " changed";
    } else if (push.created && push.commits.empty()) {
        decision.reason = "branch " + shownRef(push) + " is new and brings no commits";
    } else {
        decision.reason = "no service changed (" + counted(touched.count(), "file") + " touched)";
    }
    decision.reason = withNotes(std::move(decision.reason), notes);
    return decision;
}

}  // namespace cerebral::webhook
