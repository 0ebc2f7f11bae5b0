#include <algorithm>

#include "core/base/plain_text.h"
#include "core/base/process.h"
#include "core/kube/json_fields.h"
#include "core/registry/docker_config.h"

namespace cerebral::registry {
namespace {

namespace json = kube::json;

/// A helper's name becomes part of a program's name: nothing that leads elsewhere.
bool isPlainName(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
               c == '.';
    });
}

/// docker/docker-credential-helpers credentials/error.go.
bool saysNotFound(std::string_view output) {
    return output.find("credentials not found") != std::string_view::npos;
}

}  // namespace

Result<RegistryCredentials> askCredentialHelper(const std::string& name, std::string_view serverUrl,
                                                std::stop_token stop, std::chrono::milliseconds limit) {
    if (!isPlainName(name)) return fail(ErrorKind::Config, "\"" + plainLine(name, 40) + "\" is no credential helper");
    ProcessRequest request;
    request.program = "docker-credential-" + name;
    request.args = {"get"};
    request.input = serverUrl;
    request.limit = limit;
    request.maxOutput = 64U * 1024U;
    auto outcome = runProcess(request, std::move(stop));
    if (!outcome) {
        Error error = std::move(outcome.error());
        if (error.kind == ErrorKind::NotFound) {
            error.message = "the credential helper " + request.program + " is not installed";
        }
        return fail(std::move(error));
    }
    if (outcome->exitCode != 0) {
        // The reason comes on standard output; it is no secret then.
        if (saysNotFound(outcome->output) || saysNotFound(outcome->errors)) return RegistryCredentials{};
        const std::string& said = outcome->errors.empty() ? outcome->output : outcome->errors;
        return fail(ErrorKind::Config, request.program + " failed: " + plainLine(firstLine(said), 200));
    }
    simdjson::dom::parser parser;
    json::Element root;
    if (parser.parse(outcome->output).get(root) != simdjson::SUCCESS) {
        return fail(ErrorKind::Malformed, request.program + " answered something that is not JSON");
    }
    RegistryCredentials credentials;
    credentials.user = json::string(root, "Username");
    Secret secret(json::string(root, "Secret"));
    if (credentials.user == "<token>") {
        credentials.user.clear();
        credentials.identityToken = std::move(secret);
    } else {
        credentials.password = std::move(secret);
    }
    return credentials;
}

}  // namespace cerebral::registry
