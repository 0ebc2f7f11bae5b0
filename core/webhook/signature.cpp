#include "core/webhook/signature.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/encoding.h"

namespace cerebral::webhook {
namespace {
constexpr std::string_view kPrefix = "sha256=";
}

SignatureKeys::SignatureKeys(std::span<const Secret> secrets) {
    for (const Secret& secret : secrets) {
        if (!secret.empty()) macs_.emplace_back(secret.reveal());
    }
}

SignatureVerdict verifySignature(std::string_view header, std::vector<HmacSha256> macs) {
    if (header.empty()) return SignatureVerdict::Missing;
    if (!header.starts_with(kPrefix)) return SignatureVerdict::Malformed;
    const auto bytes = fromHex(header.substr(kPrefix.size()));
    Sha256 claimed{};
    if (!bytes || bytes->size() != claimed.size()) return SignatureVerdict::Malformed;
    std::copy(bytes->begin(), bytes->end(), claimed.begin());

    bool matched = false;
    for (HmacSha256& mac : macs) matched |= equalConstantTime(mac.finish(), claimed);
    return matched ? SignatureVerdict::Valid : SignatureVerdict::Wrong;
}

SignatureVerdict verifySignature(std::string_view header, std::string_view body, std::span<const Secret> secrets) {
    std::vector<HmacSha256> macs = SignatureKeys(secrets).begin();
    for (HmacSha256& mac : macs) mac.add(body);
    return verifySignature(header, std::move(macs));
}

std::string signBody(std::string_view body, const Secret& secret) {
    return std::string(kPrefix) + toHex(hmacSha256(secret.reveal(), body));
}

}  // namespace cerebral::webhook
