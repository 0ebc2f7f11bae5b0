#pragma once
/// @file Asking the receiver for builds: POST /rebuild with a short-lived token the cluster issues.
///
/// The token belongs to the ServiceAccount `rebuild-trigger`, is good for the receiver alone and for ten
/// minutes; who may have one is the cluster's decision (RBAC: create serviceaccounts/token). It is never
/// stored and never appears in an error. Blocking; any thread.

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/kube/kube_client.h"
#include "core/kube/reviews.h"
#include "core/net/http.h"

namespace cerebral::rebuild {

inline constexpr std::string_view kTokenAccount = "rebuild-trigger";
inline constexpr std::string_view kAudience = "github-webhook-receiver";

struct Order {
    std::vector<std::string> services;
    std::string branch;
    std::string commit;     ///< 40 hex; empty: the last one built of each service on that branch
    std::string requestId;  ///< the same id never builds twice
    std::string reason;
};

struct StartedRun {
    std::string name;
    std::string service;
    std::string outcome;  ///< created | duplicate | queued | refused
};

struct Receipt {
    int httpStatus = 0;
    std::string status;  ///< created | duplicate | queued | refused
    std::string reason;  ///< of the receiver, for people
    std::vector<StartedRun> runs;
};

struct Receiver {
    /// Empty: the host of the Ingress below.
    std::string url;
    std::string ingressNamespace = "cerebral-development";
    std::string ingress = "cerebral-github-listener";
    /// Where the account `rebuild-trigger` lives.
    std::string ns = "tekton-pipelines";
    /// For people, when the Ingress does not tell: "give it with --receiver-url".
    std::string hint;
};

/// What one needs to be allowed to ask.
[[nodiscard]] kube::Right rightToAsk(const Receiver& receiver);

/// The request to /rebuild: where the receiver is, who asks, and the token for it alone. Never to be logged.
/// A receiver on another machine is asked over https or not at all, and then no token is issued.
Result<net::HttpRequest> prepare(kube::KubeClient& client, const Receiver& receiver, const Order& order,
                                 std::stop_token stop);

/// Prepares and sends. An answer of any 2xx is a value; anything else an Error with the receiver's own words. After
/// an error that leaves open what happened, the same order may be sent again.
Result<Receipt> send(kube::KubeClient& client, const Receiver& receiver, const Order& order, std::stop_token stop);

}  // namespace cerebral::rebuild
