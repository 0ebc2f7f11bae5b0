#pragma once
/// @file Discovery: what a client asks a cluster about itself before it asks for objects.

#include <optional>
#include <string>
#include <string_view>

namespace cerebral::demo {

/// /version
[[nodiscard]] std::string versionDocument();
/// The document for a discovery path (/api, /apis, /apis/G, /api/v1, /apis/G/V); empty when there is none.
[[nodiscard]] std::optional<std::string> discoveryDocument(std::string_view path);
/// /openapi/v3 and what it refers to, enough for kubectl's validation and field selectors; empty: 404.
[[nodiscard]] std::optional<std::string> openApiDocument(std::string_view path);

}  // namespace cerebral::demo
