#include "core/registry/docker_config.h"

#include <cstdlib>

#include "core/base/encoding.h"
#include "core/base/read_file.h"
#include "core/kube/json_fields.h"

namespace cerebral::registry {
namespace {

namespace json = kube::json;

constexpr std::string_view kDockerHub = "index.docker.io";
/// The name under which helpers keep Docker Hub's credentials.
constexpr std::string_view kDockerHubUrl = "https://index.docker.io/v1/";

tl::unexpected<Error> wrong(std::string_view file, const std::string& what) {
    return fail(ErrorKind::Config, std::string(file) + ": " + what);
}

Result<RegistryCredentials> readAuth(json::Element entry, std::string_view registry, std::string_view file) {
    RegistryCredentials credentials;
    credentials.identityToken = Secret(json::string(entry, "identitytoken"));
    credentials.user = json::string(entry, "username");
    credentials.password = Secret(json::string(entry, "password"));
    const std::string_view auth = json::text(entry, "auth");
    if (auth.empty()) return credentials;
    auto decoded = fromBase64(auth);
    const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return wrong(file, "auths[" + std::string(registry) + "].auth is not base64 of user:password");
    }
    credentials.user = decoded->substr(0, colon);
    std::string password = decoded->substr(colon + 1);
    // Some writers end it with a NUL.
    while (!password.empty() && password.back() == '\0') password.pop_back();
    credentials.password = Secret(std::move(password));
    return credentials;
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

std::string registryKey(std::string_view registry) {
    if (const std::size_t scheme = registry.find("://"); scheme != std::string_view::npos) {
        registry.remove_prefix(scheme + 3);
    }
    registry = registry.substr(0, registry.find('/'));
    if (registry == "docker.io" || registry == "registry-1.docker.io") registry = kDockerHub;
    return std::string(registry);
}

Result<DockerConfig> parseDockerConfig(std::string_view text, std::string_view file) {
    simdjson::dom::parser parser;
    json::Element root;
    json::Object object;
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS ||
        root.get(object) != simdjson::SUCCESS) {
        return wrong(file, "not a JSON object");
    }
    DockerConfig config;
    config.store = json::string(root, "credsStore");
    if (const auto helpers = json::field(root, "credHelpers"); helpers && helpers->get(object) == simdjson::SUCCESS) {
        for (const auto [registry, helper] : object) {
            std::string_view name;
            if (helper.get(name) == simdjson::SUCCESS) config.helpers[registryKey(registry)] = name;
        }
    }
    if (const auto auths = json::field(root, "auths"); auths && auths->get(object) == simdjson::SUCCESS) {
        for (const auto [registry, entry] : object) {
            auto credentials = readAuth(entry, registry, file);
            if (!credentials) return fail(std::move(credentials.error()));
            config.auths[registryKey(registry)] = std::move(*credentials);
        }
    }
    return config;
}

Result<DockerConfig> loadDockerConfig() {
    std::string folder = environment("DOCKER_CONFIG");
    if (folder.empty()) {
        const std::string home = environment("HOME");
        if (home.empty()) return DockerConfig{};
        folder = home + "/.docker";
    }
    const std::string path = folder + "/config.json";
    auto text = readFile(path);
    if (!text) {
        if (text.error().kind == ErrorKind::NotFound) return DockerConfig{};
        return fail(std::move(text.error()));
    }
    return parseDockerConfig(*text, path);
}

Result<RegistryCredentials> findCredentials(const DockerConfig& config, std::string_view registry,
                                            std::stop_token stop) {
    const std::string key = registryKey(registry);
    const std::string url = key == kDockerHub ? std::string(kDockerHubUrl) : key;
    if (const auto helper = config.helpers.find(key); helper != config.helpers.end()) {
        return askCredentialHelper(helper->second, url, stop);
    }
    if (!config.store.empty()) {
        auto stored = askCredentialHelper(config.store, url, stop);
        if (!stored || !stored->empty()) return stored;
    }
    const auto auth = config.auths.find(key);
    return auth == config.auths.end() ? RegistryCredentials{} : auth->second;
}

}  // namespace cerebral::registry
