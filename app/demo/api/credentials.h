#pragma once
/// @file Credentials: who a bearer token speaks for. Tokens of ServiceAccounts are signed (JWT, HS256
/// with a key of this process); the administrator's is random. None is ever printed but into the
/// kubeconfig its owner asked for.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/secret.h"

namespace cerebral::demo {

struct User {
    std::string name;
    std::string uid;
    std::vector<std::string> groups;
    std::string credentialId;

    [[nodiscard]] bool isAdministrator() const;
};

inline constexpr std::string_view kApiAudience = "https://kubernetes.default.svc.cluster.local";

class Credentials {
public:
    Credentials(const Clock& clock, Secret administrator, Secret signingKey);

    [[nodiscard]] const Secret& administratorToken() const noexcept { return administrator_; }
    /// Empty when the token is none of ours, is over, or is for none of `audiences`; `matched` receives
    /// the audiences it is for.
    [[nodiscard]] std::optional<User> verify(std::string_view token, const std::vector<std::string>& audiences,
                                             std::vector<std::string>* matched = nullptr) const;
    [[nodiscard]] std::string mint(std::string_view ns, std::string_view serviceAccount, std::string_view uid,
                                   const std::vector<std::string>& audiences, WallTime expires) const;

private:
    const Clock& clock_;
    Secret administrator_;
    Secret key_;
};

}  // namespace cerebral::demo
