#pragma once
/// @file SHA-256 and HMAC-SHA256 over OpenSSL 3.

#include <array>
#include <string>
#include <string_view>

namespace cerebral {

using Sha256 = std::array<unsigned char, 32>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
/// 64 lower-case hex digits.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);
/// RFC 2104 with SHA-256. `key` may have any length.
[[nodiscard]] Sha256 hmacSha256(std::string_view key, std::string_view message);
/// Time depends on nothing but the fixed length (CRYPTO_memcmp).
[[nodiscard]] bool equalConstantTime(const Sha256& left, const Sha256& right) noexcept;

}  // namespace cerebral
