#pragma once
/// @file Questions about identity and rights: TokenRequest, TokenReview, SelfSubjectReview and
/// SelfSubjectAccessReview (authentication.k8s.io/v1, authorization.k8s.io/v1). Blocking; thread-safe.

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/kube/kube_client.h"

namespace cerebral::kube {

struct IssuedToken {
    Secret token;
    std::optional<WallTime> expires;
};
/// A short-lived token of a ServiceAccount for `audience`. Kubernetes grants no less than ten minutes.
/// Needs `create` on `serviceaccounts/token` of that account.
Result<IssuedToken> requestToken(KubeClient& client, std::string_view ns, std::string_view serviceAccount,
                                 std::string_view audience, std::chrono::seconds lifetime, std::stop_token stop);

struct ReviewedToken {
    bool authenticated = false;
    std::string username;  ///< "system:serviceaccount:NAMESPACE:NAME"
    std::string uid;
    std::vector<std::string> groups;
    /// Those asked for that the token is good for. Empty from a server that knows no audiences: then
    /// the token must not be accepted for one.
    std::vector<std::string> audiences;
    std::string error;  ///< why not authenticated
};
/// Whether `token` is good for `audience`, and whose it is. Needs `create` on `tokenreviews`.
Result<ReviewedToken> reviewToken(KubeClient& client, const Secret& token, std::string_view audience,
                                  std::stop_token stop);

struct Identity {
    std::string username;
    std::vector<std::string> groups;
};
/// Who the server takes us for. Servers before 1.28 may not know it: NotFound.
Result<Identity> whoAmI(KubeClient& client, std::stop_token stop);

struct Right {
    std::string verb;
    std::string group;
    std::string resource;     ///< plural
    std::string subresource;  ///< "log", "token"; mostly empty
    std::string ns;           ///< empty: all namespaces
    std::string name;         ///< empty: any object

    /// "create pipelineruns.tekton.dev in namespace x", as errors name it.
    [[nodiscard]] std::string text() const;
};
struct RightAnswer {
    bool allowed = false;
    std::string reason;
};
/// Asks for ourselves, so it needs no right of its own.
Result<RightAnswer> mayI(KubeClient& client, const Right& right, std::stop_token stop);

}  // namespace cerebral::kube
