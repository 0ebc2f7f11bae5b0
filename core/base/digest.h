#pragma once
/// @file SHA-256 and HMAC-SHA256 over OpenSSL 3.

#include <array>
#include <memory>
#include <string>
#include <string_view>

struct evp_mac_ctx_st;

namespace cerebral {

using Sha256 = std::array<unsigned char, 32>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
/// 64 lower-case hex digits.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);
/// RFC 2104 with SHA-256. `key` may have any length.
[[nodiscard]] Sha256 hmacSha256(std::string_view key, std::string_view message);

/// An HMAC-SHA256 of a message that comes in pieces. One that has its key and no message yet is copied for each
/// message, so that the key is prepared once. Holds the key's state, as a Secret does: cleansed by OpenSSL.
class HmacSha256 {
public:
    explicit HmacSha256(std::string_view key);
    HmacSha256(const HmacSha256& other);
    HmacSha256& operator=(const HmacSha256& other);
    HmacSha256(HmacSha256&&) noexcept = default;
    HmacSha256& operator=(HmacSha256&&) noexcept = default;
    ~HmacSha256() = default;

    void add(std::string_view bytes);
    /// Once.
    [[nodiscard]] Sha256 finish();

private:
    struct Free {
        void operator()(evp_mac_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_mac_ctx_st, Free> context_;
};

/// Time depends on nothing but the fixed length (CRYPTO_memcmp).
[[nodiscard]] bool equalConstantTime(const Sha256& left, const Sha256& right) noexcept;

}  // namespace cerebral
