#include "core/registry/registry_auth.h"

#include <algorithm>

#include "core/base/plain_text.h"
#include "core/kube/json_fields.h"
#include "core/net/url.h"
#include "core/registry/registry_error.h"

namespace cerebral::registry {
namespace {

using namespace std::chrono_literals;
namespace json = kube::json;

constexpr auto kCredentialsHeldFor = 60s;
/// When the token server does not say (token.md).
constexpr std::int64_t kDefaultLifetime = 60;
constexpr std::int64_t kLongestLifetime = 3600;

}  // namespace

void RegistryAuth::prepare(net::HttpRequest& request, const std::string& scope) {
    const std::scoped_lock lock(mutex_);
    if (const auto token = tokens_.find(scope); token != tokens_.end()) {
        if (clock_.steadyNow() < token->second.expires) request.bearerToken = token->second.value;
        return;
    }
    if (basic_ && held_) {
        request.basicUser = held_->user;
        request.basicPassword = held_->password;
    }
}

Result<RegistryCredentials> RegistryAuth::credentials(std::stop_token stop) {
    {
        const std::scoped_lock lock(mutex_);
        if (held_ && clock_.steadyNow() < heldUntil_) return *held_;
    }
    if (!access_.credentials) return RegistryCredentials{};
    // A helper may take its time: not under the lock.
    auto found = access_.credentials(std::move(stop));
    if (!found) return found;
    const std::scoped_lock lock(mutex_);
    held_ = *found;
    heldUntil_ = clock_.steadyNow() + kCredentialsHeldFor;
    return found;
}

Result<bool> RegistryAuth::useBasic(std::stop_token stop) {
    const auto who = credentials(std::move(stop));
    if (!who) return fail(who.error());
    if (who->user.empty()) return false;
    const std::scoped_lock lock(mutex_);
    held_ = *who;
    basic_ = true;
    return true;
}

Result<net::HttpRequest> RegistryAuth::tokenRequest(const AuthChallenge& challenge, const std::string& scope,
                                                    const RegistryCredentials& who) const {
    const auto realm = net::Url::parse(challenge.parameter("realm"));
    if (!realm) return fail(ErrorKind::Malformed, access_.host + " names a token server that is no URL");
    const auto registry = net::Url::parse(registryUrl(access_));
    const bool sameHost = registry && registry->host == realm->host;
    if (realm->scheme != "https" && !sameHost) {
        return fail(ErrorKind::Tls, "the token server " + plainLine(realm->authority(), 100) + " of " + access_.host +
                                        " is not reached over TLS: credentials are not sent to it");
    }
    std::vector<std::pair<std::string, std::string>> fields;
    if (const std::string service = challenge.parameter("service"); !service.empty()) {
        fields.emplace_back("service", service);
    }
    if (!scope.empty()) fields.emplace_back("scope", scope);
    net::HttpRequest request;
    request.tls = sameHost ? access_.tls : nullptr;
    request.maxBody = 1U * 1024U * 1024U;
    net::Url url = *realm;
    if (!who.identityToken.empty()) {
        fields.emplace_back("grant_type", "refresh_token");
        fields.emplace_back("client_id", "cerebral-desk");
        fields.emplace_back("refresh_token", std::string(who.identityToken.reveal()));
        request.method = net::Method::Post;
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        request.body = net::buildQuery(fields);
    } else {
        url.query += (url.query.empty() ? "" : "&") + net::buildQuery(fields);
        request.basicUser = who.user;
        request.basicPassword = who.password;
    }
    request.url = url.text();
    return request;
}

Result<bool> RegistryAuth::fetchToken(const AuthChallenge& challenge, const std::string& scope,
                                      std::stop_token stop) {
    const auto who = credentials(stop);
    if (!who) return fail(who.error());
    const std::string asked = challenge.parameter("scope").empty() ? scope : challenge.parameter("scope");
    const auto request = tokenRequest(challenge, asked, *who);
    if (!request) return fail(request.error());
    const auto response = transport_.send(*request, std::move(stop));
    if (!response) return fail(response.error());
    if (response->status != 200) return fail(errorOf(*response, "logging in to " + access_.host));
    simdjson::dom::parser parser;
    json::Element root;
    if (parser.parse(response->body).get(root) != simdjson::SUCCESS) {
        return fail(ErrorKind::Malformed, "the token server of " + access_.host + " did not answer JSON");
    }
    std::string value = json::string(root, "token");
    if (value.empty()) value = json::string(root, "access_token");
    if (value.empty()) return fail(ErrorKind::Malformed, "the token server of " + access_.host + " gave no token");
    const auto lifetime =
        std::clamp<std::int64_t>(json::integer(root, "expires_in", kDefaultLifetime), 1, kLongestLifetime);
    const std::scoped_lock lock(mutex_);
    tokens_[scope] = {Secret(std::move(value)), clock_.steadyNow() + std::chrono::seconds(lifetime) * 9 / 10};
    return true;
}

Result<bool> RegistryAuth::answer(const net::HttpResponse& refusal, const std::string& scope, std::stop_token stop) {
    for (const auto& [name, value] : refusal.headers.fields()) {
        if (!net::equalsIgnoreCase(name, "WWW-Authenticate")) continue;
        for (const AuthChallenge& challenge : parseChallenges(value)) {
            if (challenge.scheme == "bearer") return fetchToken(challenge, scope, std::move(stop));
            if (challenge.scheme == "basic") return useBasic(std::move(stop));
        }
    }
    return false;
}

}  // namespace cerebral::registry
