#pragma once
/// @file GithubHook: the two calls of GitHub's REST API about one repository webhook.
///
///   GET  /repos/OWNER/NAME/hooks/ID/deliveries?per_page=100        pages by the Link header's cursor
///   POST /repos/OWNER/NAME/hooks/ID/deliveries/DELIVERY/attempts   202: will be sent again
///
/// The token (write access to the repository's webhooks) goes to the configured server and to no other:
/// redirects are not followed, and a Link that leads elsewhere ends the list. Blocks; thread-safe.

#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/net/http_transport.h"
#include "receiver/reconcile/choose_redeliveries.h"
#include "receiver/settings/settings.h"

namespace cerebral::receiver {

class GithubHook {
public:
    GithubHook(net::HttpTransport& transport, const RedeliverySettings& settings);

    /// Newest first, back to the first one before `since`.
    Result<std::vector<HookDelivery>> deliveriesSince(WallTime since, std::stop_token stop);
    Result<void> redeliver(std::uint64_t delivery, std::stop_token stop);

private:
    [[nodiscard]] net::HttpRequest request(net::Method method, std::string url) const;

    net::HttpTransport& transport_;
    std::string base_;  ///< ".../hooks/ID/deliveries"
    Secret token_;
};

/// Out of one page's JSON. What lacks an id, a guid or a time is left out.
Result<std::vector<HookDelivery>> parseDeliveries(std::string_view json);
/// The target of rel="next" in a Link header (RFC 8288), empty when there is none.
[[nodiscard]] std::string nextPage(std::string_view linkHeader);

}  // namespace cerebral::receiver
