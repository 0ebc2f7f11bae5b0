#include "app/ctl/random_id.h"

#include <openssl/rand.h>

#include <array>

#include "core/base/encoding.h"

namespace cerebral::ctl {

std::string randomGuid() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return {};
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
    std::string guid = toHex(bytes);
    for (const std::size_t at : {20U, 16U, 12U, 8U}) guid.insert(at, 1, '-');
    return guid;
}

}  // namespace cerebral::ctl
