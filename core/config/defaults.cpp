#include <algorithm>

#include "core/config/config.h"

namespace cerebral::config {
namespace {

constexpr std::size_t kMaxDnsLabel = 63;

bool isLowerAlnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

}  // namespace

bool isServiceName(std::string_view name) {
    return !name.empty() && name.size() <= kMaxDnsLabel && isLowerAlnum(name.front()) && isLowerAlnum(name.back()) &&
           std::all_of(name.begin(), name.end(), [](char c) { return isLowerAlnum(c) || c == '-'; });
}

ServiceRule completeRule(ServiceRule rule, std::string_view servicesRoot) {
    const std::string folder = servicesRoot.empty() ? rule.name : std::string(servicesRoot) + "/" + rule.name;
    if (rule.paths.empty()) rule.paths.push_back(folder + "/**");
    if (rule.context.empty()) rule.context = folder;
    if (rule.dockerfile.empty()) rule.dockerfile = folder + "/Dockerfile";
    if (rule.image.empty()) rule.image = "cerebral/" + rule.name;
    if (rule.deployment.empty()) rule.deployment = rule.name;
    return rule;
}

ServiceRule unlistedRule(std::string_view name, const Config& config) {
    ServiceRule rule;
    rule.name = name;
    rule.baseTag = config.defaultBaseTag;
    return completeRule(std::move(rule), config.servicesRoot);
}

Config defaultConfig() {
    Config config;
    for (const char* name : {"ai-services", "bmad-services", "data-services", "knowledge-services",
                             "integration-services", "monitoring-services"}) {
        config.services.push_back(unlistedRule(name, config));
    }
    return config;
}

}  // namespace cerebral::config
