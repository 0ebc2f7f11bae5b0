#pragma once
/// @file Random identifiers for deliveries and rebuild requests.

#include <string>

namespace cerebral::ctl {

/// A UUID of version 4 (RFC 9562), as GitHub's X-GitHub-Delivery is. Empty when there is no randomness.
[[nodiscard]] std::string randomGuid();

}  // namespace cerebral::ctl
