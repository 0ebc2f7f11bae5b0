#include "core/registry/auth_challenge.h"

#include <algorithm>

#include "core/registry/header_scanner.h"

namespace cerebral::registry {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// name=value; false, with nothing consumed, when a new challenge or rubbish follows.
bool takeParameter(HeaderScanner& scanner, AuthChallenge& challenge) {
    const HeaderScanner before = scanner;
    scanner.skipAny(" \t,");
    const std::string_view name = scanner.token();
    if (name.empty() || !scanner.takeAfterBlanks('=')) {
        scanner = before;
        return false;
    }
    const auto value = scanner.tokenOrQuoted();
    if (!value) {
        scanner = before;
        return false;
    }
    challenge.parameters.insert_or_assign(lower(name), *value);
    return true;
}

}  // namespace

std::string AuthChallenge::parameter(std::string_view name) const {
    const auto it = parameters.find(name);
    return it == parameters.end() ? std::string() : it->second;
}

std::vector<AuthChallenge> parseChallenges(std::string_view header) {
    std::vector<AuthChallenge> challenges;
    HeaderScanner scanner(header);
    while (!scanner.atEnd()) {
        scanner.skipAny(" \t,");
        AuthChallenge challenge;
        challenge.scheme = lower(scanner.token());
        if (challenge.scheme.empty()) break;
        while (takeParameter(scanner, challenge)) {
        }
        challenges.push_back(std::move(challenge));
    }
    return challenges;
}

}  // namespace cerebral::registry
