#pragma once
/// @file The Link header (RFC 8288), as registries page with it.

#include <optional>
#include <string>
#include <string_view>

namespace cerebral::registry {

/// The target of the first link whose relations hold "next": a URL or a reference relative to the
/// request's. Nothing when there is none or the header is not one.
[[nodiscard]] std::optional<std::string> nextLink(std::string_view header);

}  // namespace cerebral::registry
