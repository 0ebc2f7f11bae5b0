#include <array>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

#include "core/config/config.h"
#include "core/config/run_template_reader.h"
#include "core/config/value_checks.h"
#include "core/config/yaml_reader.h"

namespace cerebral::config {
namespace {

constexpr std::array<std::string_view, 22> kConfigKeys{
    "registry",     "baseImage",        "defaultBaseTag", "kubeNamespace",      "deployNamespace",
    "pipeline",     "serviceAccount",   "workspaceSize",  "dockerConfigSecret", "gitCredentialsSecret",
    "repositories", "servicesRoot",     "services",       "baseImagePaths",     "sharedPaths",
    "ignoredPaths", "maxBuildsPerPush", "buildTags",      "supersede",          "maxPushAge",
    "runTimeout",   "runTemplate"};
constexpr std::array<std::string_view, 9> kServiceKeys{"name",    "paths",      "dockerfile", "context", "image",
                                                       "baseTag", "deployment", "buildOn",    "deployOn"};

ServiceRule readService(const YAML::Node& node, const Config& config, Mistakes& mistakes) {
    ServiceRule rule;
    rule.baseTag = config.defaultBaseTag;
    if (node.IsScalar()) {
        rule.name = node.Scalar();
        if (const std::string wrong = checkServiceName(rule.name); !wrong.empty()) {
            mistakes.add(node.Mark(), "service " + inQuotes(rule.name) + ": " + wrong);
        }
        return completeRule(std::move(rule), config.servicesRoot);
    }
    YamlMapping service(node, mistakes, kServiceKeys, "a service");
    if (node.IsMap() && !service.has("name")) mistakes.add(node.Mark(), "a service needs a name");
    service.text("name", rule.name, checkServiceName);
    service.list("paths", rule.paths, checkPattern);
    service.text("dockerfile", rule.dockerfile, checkRelativePath);
    service.text("context", rule.context, checkRelativePath);
    service.text("image", rule.image, checkImageName);
    service.text("baseTag", rule.baseTag, checkOptionalTag);
    service.text("deployment", rule.deployment, checkServiceName);
    service.list("buildOn", rule.buildOn, checkPattern);
    service.list("deployOn", rule.deployOn, checkPattern);
    return completeRule(std::move(rule), config.servicesRoot);
}

void readServices(const YAML::Node& list, Config& config, Mistakes& mistakes) {
    if (!list.IsDefined()) {
        for (ServiceRule& rule : config.services) rule = unlistedRule(rule.name, config);
        return;
    }
    config.services.clear();
    if (!list.IsSequence()) {
        mistakes.add(list.Mark(), "services must be a list (\"- name: …\" lines)");
        return;
    }
    std::set<std::string> seen;
    for (const auto& node : list) {
        ServiceRule rule = readService(node, config, mistakes);
        if (!rule.name.empty() && !seen.insert(rule.name).second) {
            mistakes.add(node.Mark(), "service " + inQuotes(rule.name) + " is listed twice");
        }
        config.services.push_back(std::move(rule));
    }
}

template <class Duration>
YamlMapping::Check durationInto(Duration& target, std::chrono::seconds least) {
    return [&target, least](const std::string& text) -> std::string {
        const auto seconds = parseDuration(text);
        if (!seconds) return "write a number with d, h, m or s, such as 7d or 90m";
        if (*seconds != std::chrono::seconds(0) && std::chrono::duration_cast<Duration>(*seconds) != *seconds) {
            return "write whole hours";
        }
        if (*seconds < least) return "too short";
        target = std::chrono::duration_cast<Duration>(*seconds);
        return {};
    };
}

void readSettings(YamlMapping& top, Config& config) {
    std::string ignored;
    top.text("registry", config.registry, checkRegistry);
    top.text("baseImage", config.baseImage, checkImageName);
    top.text("defaultBaseTag", config.defaultBaseTag, checkOptionalTag);
    top.text("kubeNamespace", config.kubeNamespace, checkServiceName);
    top.text("deployNamespace", config.deployNamespace, checkServiceName);
    top.text("pipeline", config.pipeline, checkObjectName);
    top.text("serviceAccount", config.serviceAccount, checkObjectName);
    top.text("workspaceSize", config.workspaceSize, checkQuantity);
    top.text("dockerConfigSecret", config.dockerConfigSecret, checkOptionalObjectName);
    top.text("gitCredentialsSecret", config.gitCredentialsSecret, checkOptionalObjectName);
    top.list("repositories", config.repositories, checkRepository);
    top.text("servicesRoot", config.servicesRoot, checkRelativePath);
    top.list("baseImagePaths", config.baseImagePaths, checkPattern);
    top.list("sharedPaths", config.sharedPaths, checkPattern);
    top.list("ignoredPaths", config.ignoredPaths, checkPattern);
    top.count("maxBuildsPerPush", config.maxBuildsPerPush, 1, 5000);
    top.flag("buildTags", config.buildTags);
    top.flag("supersede", config.supersede);
    top.text("maxPushAge", ignored, durationInto(config.maxPushAge, std::chrono::seconds(0)));
    top.text("runTimeout", ignored, durationInto(config.runTimeout, std::chrono::seconds(60)));
}

}  // namespace

Result<Config> parseConfig(std::string_view yaml, std::string_view fileName) {
    const auto root = parseYaml(yaml, fileName);
    if (!root) return fail(root.error());
    try {
        Mistakes mistakes(fileName);
        Config config = defaultConfig();
        YamlMapping top(*root, mistakes, kConfigKeys, "the configuration");
        readSettings(top, config);
        readServices(top.find("services"), config, mistakes);
        if (top.has("runTemplate")) config.runTemplate = readRunTemplate(top.find("runTemplate"), mistakes);
        if (!mistakes.none()) return mistakes.error();
        return config;
    } catch (const YAML::Exception& e) {
        Mistakes mistakes(fileName);
        mistakes.add(e.mark, e.msg);
        return mistakes.error();
    }
}

Result<Config> loadConfig(const std::string& path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || !text) return fail(ErrorKind::Config, path + ": cannot be read");
    return parseConfig(text.str(), path);
}

}  // namespace cerebral::config
