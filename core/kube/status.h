#pragma once
/// @file metav1.Status: how the API server says no.
///
/// Mapping of receivers.md section 5.4: 403 with "exceeded quota" → QuotaExceeded; 409 by reason;
/// 410 and reasons Expired/Gone → Gone; 504 with cause ResourceVersionTooLarge → Gone (relist cures
/// both); 429 bodies are plain text, their Retry-After counts.

#include <string_view>

#include "core/base/result.h"
#include "core/net/http_transport.h"

namespace cerebral::kube {

/// From an answer whose status is not 2xx. `what` begins the sentence: "list pipelineruns in ns".
[[nodiscard]] Error errorFromResponse(const net::HttpResponse& response, std::string_view what);
/// From a Status object, such as the one in an ERROR watch event.
[[nodiscard]] Error errorFromStatusJson(std::string_view statusJson, std::string_view what);

}  // namespace cerebral::kube
