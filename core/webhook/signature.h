#pragma once
/// @file GitHub's webhook signature (docs.github.com/webhooks, "Validating webhook deliveries").
///
/// `X-Hub-Signature-256: sha256=<64 hex>`, HMAC-SHA256 of the untouched body. Several secrets may be
/// valid at once (rotation); all are always tried, so that time does not tell which one matched.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/secret.h"

namespace cerebral::webhook {

enum class SignatureVerdict : std::uint8_t { Valid, Missing, Malformed, Wrong };

[[nodiscard]] SignatureVerdict verifySignature(std::string_view header, std::string_view body,
                                               std::span<const Secret> secrets);
/// "sha256=<hex>", for senders (cerebralctl send, tests).
[[nodiscard]] std::string signBody(std::string_view body, const Secret& secret);

}  // namespace cerebral::webhook
