#include "core/base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <stdexcept>

#include "core/base/encoding.h"

namespace cerebral {
namespace {

const unsigned char* bytesOf(std::string_view text) noexcept {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Sha256 sha256(std::string_view bytes) {
    Sha256 digest{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1 ||
        size != digest.size()) {
        throw std::runtime_error("SHA-256 is not available in this build of OpenSSL");
    }
    return digest;
}

std::string sha256Hex(std::string_view bytes) {
    return toHex(sha256(bytes));
}

namespace {

[[noreturn]] void noHmac() {
    throw std::runtime_error("HMAC-SHA256 is not available in this build of OpenSSL");
}

}  // namespace

void HmacSha256::Free::operator()(evp_mac_ctx_st* context) const noexcept {
    EVP_MAC_CTX_free(context);
}

HmacSha256::HmacSha256(std::string_view key) {
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                &EVP_MAC_free);
    if (mac) context_.reset(EVP_MAC_CTX_new(mac.get()));
    std::array<char, 7> digest{"SHA256"};
    const std::array params{OSSL_PARAM_construct_utf8_string("digest", digest.data(), 0), OSSL_PARAM_construct_end()};
    // A null key pointer would mean "the key of before" to OpenSSL.
    const unsigned char* const bytes = bytesOf(key.empty() ? std::string_view("") : key);
    if (!context_ || EVP_MAC_init(context_.get(), bytes, key.size(), params.data()) != 1) noHmac();
}

HmacSha256::HmacSha256(const HmacSha256& other) : context_(EVP_MAC_CTX_dup(other.context_.get())) {
    if (!context_) noHmac();
}

HmacSha256& HmacSha256::operator=(const HmacSha256& other) {
    if (this != &other) *this = HmacSha256(other);
    return *this;
}

void HmacSha256::add(std::string_view bytes) {
    if (EVP_MAC_update(context_.get(), bytesOf(bytes), bytes.size()) != 1) noHmac();
}

Sha256 HmacSha256::finish() {
    Sha256 mac{};
    std::size_t size = 0;
    if (EVP_MAC_final(context_.get(), mac.data(), &size, mac.size()) != 1 || size != mac.size()) noHmac();
    return mac;
}

Sha256 hmacSha256(std::string_view key, std::string_view message) {
    HmacSha256 mac(key);
    mac.add(message);
    return mac.finish();
}

bool equalConstantTime(const Sha256& left, const Sha256& right) noexcept {
    return CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace cerebral
