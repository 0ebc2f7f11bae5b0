#pragma once
/// @file URLs: the little of RFC 3986 that an HTTP client of known servers needs.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace cerebral::net {

/// Percent-encodes everything but unreserved characters (RFC 3986 section 2.3).
[[nodiscard]] std::string percentEncode(std::string_view text);
[[nodiscard]] std::string percentDecode(std::string_view text);

/// "a=1&b=x%20y" out of pairs; pairs with an empty value are kept ("a=").
[[nodiscard]] std::string buildQuery(const std::vector<std::pair<std::string, std::string>>& pairs);
/// The reverse, `+` not treated as a space.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parseQuery(std::string_view query);

struct Url {
    std::string scheme;  ///< "http" or "https", lower case
    std::string host;    ///< without brackets for IPv6
    int port = 0;        ///< never 0 after parsing: the scheme's default is filled in
    std::string path;    ///< begins with '/' or is empty; not decoded
    std::string query;   ///< without '?'

    /// Only http and https, no user info, no fragment.
    static Result<Url> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    /// "host:port", IPv6 in brackets.
    [[nodiscard]] std::string authority() const;
    /// Resolves a reference such as a Link target (RFC 8288) against this URL.
    [[nodiscard]] Result<Url> resolve(std::string_view reference) const;
};

}  // namespace cerebral::net
