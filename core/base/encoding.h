#pragma once
/// @file Hexadecimal and base64 (RFC 4648). Decoders accept nothing but the canonical alphabet.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cerebral {

[[nodiscard]] std::string toHex(std::span<const unsigned char> bytes);
/// Empty when the length is odd or a character is not a hex digit (either case is accepted).
[[nodiscard]] std::optional<std::vector<unsigned char>> fromHex(std::string_view hex);

[[nodiscard]] std::string toBase64(std::string_view bytes);
/// Standard alphabet, padding required, line breaks ignored (kubeconfig `*-data` fields may be wrapped).
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);

}  // namespace cerebral
