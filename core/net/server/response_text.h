#pragma once
/// @file The bytes of an HTTP/1.1 answer. Pure.

#include <string>
#include <string_view>

#include "core/net/server/http_server.h"

namespace cerebral::net {

enum class BodyFraming : std::uint8_t {
    ContentLength,  ///< of `response.body`
    Chunked,
    UntilClose,  ///< streams to HTTP/1.0 clients
};

/// Status line and header, up to and including the empty line. Framing, Date and Connection fields are
/// this function's own: those in `response.headers` are dropped. CR, LF and NUL inside a value become
/// spaces, so that no value can end a line.
[[nodiscard]] std::string responseHead(const ServerResponse& response, BodyFraming framing, bool keepAlive);

/// One chunk; an empty `bytes` yields nothing (it would end the body).
[[nodiscard]] std::string chunk(std::string_view bytes);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

[[nodiscard]] const char* reasonPhrase(int status) noexcept;

/// What the server itself says when it refuses: {"status":"refused","reason":"…"}.
[[nodiscard]] ServerResponse refusalResponse(int status, std::string_view reason);

}  // namespace cerebral::net
