#pragma once
/// @file The WWW-Authenticate header (RFC 9110 section 11.6.1): how a registry wants to be asked.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cerebral::registry {

struct AuthChallenge {
    std::string scheme;                                          ///< "basic", "bearer": lower case
    std::map<std::string, std::string, std::less<>> parameters;  ///< names in lower case

    /// Empty when absent.
    [[nodiscard]] std::string parameter(std::string_view name) const;
};
/// In the header's order. What cannot be read ends the list.
[[nodiscard]] std::vector<AuthChallenge> parseChallenges(std::string_view header);

}  // namespace cerebral::registry
