#pragma once
/// @file RegistryAuth: answers a registry's challenge: Basic, or Bearer tokens kept per scope. Private to
/// core/registry.
///
/// Source: distribution docs/spec/auth/token.md and oauth.md.

#include <map>
#include <mutex>
#include <string>

#include "core/base/clock.h"
#include "core/registry/auth_challenge.h"
#include "core/registry/registry_client.h"

namespace cerebral::registry {

class RegistryAuth {
public:
    RegistryAuth(net::HttpTransport& transport, const RegistryAccess& access, const Clock& clock)
        : transport_(transport), access_(access), clock_(clock) {}

    /// Puts what is already known to be needed into a request.
    void prepare(net::HttpRequest& request, const std::string& scope);
    /// After a 401: gets what the challenge asks for. True: the request is worth repeating.
    Result<bool> answer(const net::HttpResponse& refusal, const std::string& scope, std::stop_token stop);

private:
    struct Token {
        Secret value;
        SteadyTime expires;
    };
    Result<RegistryCredentials> credentials(std::stop_token stop);
    Result<bool> useBasic(std::stop_token stop);
    Result<bool> fetchToken(const AuthChallenge& challenge, const std::string& scope, std::stop_token stop);
    [[nodiscard]] Result<net::HttpRequest> tokenRequest(const AuthChallenge& challenge, const std::string& scope,
                                                        const RegistryCredentials& who) const;

    net::HttpTransport& transport_;
    const RegistryAccess& access_;
    const Clock& clock_;
    std::mutex mutex_;
    std::optional<RegistryCredentials> held_;
    SteadyTime heldUntil_{};
    bool basic_ = false;
    std::map<std::string, Token> tokens_;  ///< by scope
};

}  // namespace cerebral::registry
