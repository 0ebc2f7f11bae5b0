#include "core/config/changes.h"

#include <algorithm>

namespace cerebral::config {
namespace {

const ServiceRule* find(const Config& config, const std::string& name) {
    const auto it = std::find_if(config.services.begin(), config.services.end(),
                                 [&](const ServiceRule& rule) { return rule.name == name; });
    return it == config.services.end() ? nullptr : &*it;
}

void addServices(const Config& before, const Config& after, std::vector<std::string>& changed) {
    for (const ServiceRule& rule : after.services) {
        const ServiceRule* old = find(before, rule.name);
        if (old == nullptr) {
            changed.push_back("service " + rule.name + " (new)");
        } else if (!(*old == rule)) {
            changed.push_back("service " + rule.name);
        }
    }
    for (const ServiceRule& rule : before.services) {
        if (find(after, rule.name) == nullptr) changed.push_back("service " + rule.name + " (gone)");
    }
}

}  // namespace

std::vector<std::string> changedKeys(const Config& before, const Config& after) {
    std::vector<std::string> changed;
    const auto compare = [&](const char* key, const auto& member) {
        if (!(before.*member == after.*member)) changed.emplace_back(key);
    };
    compare("registry", &Config::registry);
    compare("baseImage", &Config::baseImage);
    compare("defaultBaseTag", &Config::defaultBaseTag);
    compare("kubeNamespace", &Config::kubeNamespace);
    compare("deployNamespace", &Config::deployNamespace);
    compare("pipeline", &Config::pipeline);
    compare("serviceAccount", &Config::serviceAccount);
    compare("workspaceSize", &Config::workspaceSize);
    compare("dockerConfigSecret", &Config::dockerConfigSecret);
    compare("gitCredentialsSecret", &Config::gitCredentialsSecret);
    compare("repositories", &Config::repositories);
    compare("servicesRoot", &Config::servicesRoot);
    addServices(before, after, changed);
    compare("baseImagePaths", &Config::baseImagePaths);
    compare("sharedPaths", &Config::sharedPaths);
    compare("ignoredPaths", &Config::ignoredPaths);
    compare("maxBuildsPerPush", &Config::maxBuildsPerPush);
    compare("buildTags", &Config::buildTags);
    compare("supersede", &Config::supersede);
    compare("maxPushAge", &Config::maxPushAge);
    compare("runTimeout", &Config::runTimeout);
    compare("runTemplate", &Config::runTemplate);
    return changed;
}

}  // namespace cerebral::config
