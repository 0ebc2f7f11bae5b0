#pragma once
/// @file DeliveryReader: what the receiver says of its latest deliveries, so that a push which started nothing can be
/// told apart from one that never arrived.
///
/// Asks GET /deliveries of each of the receiver's pods through the API server's pod proxy. The proxy uses up
/// Authorization for itself, so the token (the one of /rebuild, good for the receiver alone) travels as
/// X-Cerebral-Token. Needs: create serviceaccounts/token of `rebuild-trigger`, list pods, get pods/proxy.

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/kube/kube_client.h"

namespace cerebral::rebuild {

struct Delivery {
    std::string id;
    std::string event;  ///< "push", "ping"
    std::string repository;
    std::string ref;
    std::string after;   ///< the commit the push left there; empty of older receivers
    std::string status;  ///< created | duplicate | ignored | pong | queued | refused
    std::string reason;  ///< the receiver's own words; text from outside
    std::optional<WallTime> receivedAt;
    std::optional<WallTime> answeredAt;
};

/// Deliveries out of the answer of one pod, newest first; what is malformed is left out.
[[nodiscard]] Result<std::vector<Delivery>> parseDeliveries(std::string_view json);

/// Blocking; one thread at a time. The token is kept in memory until shortly before its end, nowhere else.
class DeliveryReader {
public:
    /// `clock` must outlive the reader. `ns`: of the receiver.
    DeliveryReader(kube::ClusterAccess access, std::string ns, const Clock& clock);

    /// Of all pods of the receiver, newest first, each id once. An Error when no pod answered.
    Result<std::vector<Delivery>> read(std::stop_token stop);

private:
    Result<Secret> token(kube::KubeClient& client, const std::stop_token& stop);

    kube::ClusterAccess access_;
    std::string ns_;
    const Clock& clock_;
    Secret token_;
    WallTime tokenEnd_{};
};

}  // namespace cerebral::rebuild
