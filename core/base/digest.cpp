#include "core/base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <climits>
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

Sha256 hmacSha256(std::string_view key, std::string_view message) {
    // HMAC() takes the key's length as int; longer keys are hashed first, as RFC 2104 does with them anyway.
    Sha256 hashedKey{};
    if (key.size() > static_cast<std::size_t>(INT_MAX)) {
        hashedKey = sha256(key);
        key = {reinterpret_cast<const char*>(hashedKey.data()), hashedKey.size()};
    }
    Sha256 mac{};
    unsigned int size = 0;
    // A null key pointer would mean "the key of the last call" to OpenSSL.
    const char* keyBytes = key.empty() ? "" : key.data();
    const bool done = HMAC(EVP_sha256(), keyBytes, static_cast<int>(key.size()), bytesOf(message), message.size(),
                           mac.data(), &size) != nullptr;
    OPENSSL_cleanse(hashedKey.data(), hashedKey.size());
    if (!done || size != mac.size())
        throw std::runtime_error("HMAC-SHA256 is not available in this build of OpenSSL");
    return mac;
}

bool equalConstantTime(const Sha256& left, const Sha256& right) noexcept {
    return CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace cerebral
