#pragma once
/// @file GitHub's webhook signature (docs.github.com/webhooks, "Validating webhook deliveries").
///
/// `X-Hub-Signature-256: sha256=<64 hex>`, HMAC-SHA256 of the untouched body. Several secrets may be
/// valid at once (rotation); all are always tried, so that time does not tell which one matched.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/digest.h"
#include "core/base/secret.h"

namespace cerebral::webhook {

enum class SignatureVerdict : std::uint8_t { Valid, Missing, Malformed, Wrong };

/// The secrets that are valid now, made ready to sign with. An empty secret is none: anybody could sign with it.
class SignatureKeys {
public:
    explicit SignatureKeys(std::span<const Secret> secrets);
    /// One MAC for each secret, to be fed with the body as it arrives.
    [[nodiscard]] std::vector<HmacSha256> begin() const { return macs_; }

private:
    std::vector<HmacSha256> macs_;
};

/// `macs` were fed with the whole body.
[[nodiscard]] SignatureVerdict verifySignature(std::string_view header, std::vector<HmacSha256> macs);
[[nodiscard]] SignatureVerdict verifySignature(std::string_view header, std::string_view body,
                                               std::span<const Secret> secrets);
/// "sha256=<hex>", for senders (cerebralctl send, tests).
[[nodiscard]] std::string signBody(std::string_view body, const Secret& secret);

}  // namespace cerebral::webhook
