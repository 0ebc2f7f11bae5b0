#include "core/webhook/signature.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/encoding.h"

namespace cerebral::webhook {
namespace {
constexpr std::string_view kPrefix = "sha256=";
}

SignatureVerdict verifySignature(std::string_view header, std::string_view body, std::span<const Secret> secrets) {
    if (header.empty()) return SignatureVerdict::Missing;
    if (!header.starts_with(kPrefix)) return SignatureVerdict::Malformed;
    const auto bytes = fromHex(header.substr(kPrefix.size()));
    Sha256 claimed{};
    if (!bytes || bytes->size() != claimed.size()) return SignatureVerdict::Malformed;
    std::copy(bytes->begin(), bytes->end(), claimed.begin());

    bool matched = false;
    for (const Secret& secret : secrets) {
        // An empty secret is no secret: anybody could sign with it.
        const bool equal = equalConstantTime(hmacSha256(secret.reveal(), body), claimed);
        matched |= equal && !secret.empty();
    }
    return matched ? SignatureVerdict::Valid : SignatureVerdict::Wrong;
}

std::string signBody(std::string_view body, const Secret& secret) {
    return std::string(kPrefix) + toHex(hmacSha256(secret.reveal(), body));
}

}  // namespace cerebral::webhook
