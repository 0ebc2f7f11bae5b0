#pragma once
/// @file An answer that is no success, as an Error. Private to core/registry.

#include <string>

#include "core/net/http_transport.h"

namespace cerebral::registry {

/// `doing` begins the message: "listing tags of cerebral/ai-base".
[[nodiscard]] Error errorOf(const net::HttpResponse& response, const std::string& doing);

}  // namespace cerebral::registry
