#pragma once
/// @file TokenReview: asks the API server whose token this is (authentication.k8s.io/v1).
///
/// A caller is let in when the token is valid for audience `github-webhook-receiver` and belongs to
/// system:serviceaccount:NAMESPACE:rebuild-trigger. Who may mint such tokens is decided by RBAC
/// (create serviceaccounts/token), so no secret of ours is handed out.

#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/secret.h"
#include "core/kube/kube_client.h"
#include "core/net/http.h"

namespace cerebral::receiver {

inline constexpr std::string_view kTokenAudience = "github-webhook-receiver";
inline constexpr std::string_view kTokenAccount = "rebuild-trigger";

/// The token of a request: `Authorization: Bearer`, or `X-Cerebral-Token` (the API server's proxy strips
/// Authorization). Empty when there is none.
[[nodiscard]] Secret tokenOf(const net::Headers& headers);

/// Blocks. Unauthorized: not a valid token for us. Forbidden: valid, but of somebody else. Anything
/// else: the API server could not be asked.
Result<void> reviewToken(kube::KubeClient& client, std::string_view ns, const Secret& token, std::stop_token stop);

/// The decision alone, from the API server's answer.
Result<void> judgeReview(std::string_view reviewJson, std::string_view ns);

}  // namespace cerebral::receiver
