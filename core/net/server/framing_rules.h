#pragma once
/// @file The rules that decide whether a parsed header may be trusted to frame its message.
///
/// Boost.Beast's parser alone accepts what a proxy in front may read differently (request smuggling)
/// or what costs memory. Each rule below was found by attacking it:
///   1. Transfer-Encoding other than exactly `chunked`, or several → 501 / 400 (`xchunked` would be "no body")
///   2. chunked under HTTP/1.0 → 400
///   3. not exactly one Host under HTTP/1.1 → 400 (RFC 9112 section 3.2)
///   4. POST, PUT or PATCH with neither Content-Length nor Transfer-Encoding → 411
///   5. several Content-Length fields, a list, or anything but digits → 400
///   6. a target that is not a path (absolute form, authority form, `*`) → 400
///   7. more than maxHeaderFields fields → 431
///   8. folded fields are read as one line by Beast; they are never re-emitted
///   9. whatever is refused here ends the connection, so that no byte after it is ever interpreted
/// Pure: no I/O, no state.

#include <optional>
#include <string>
#include <string_view>

#include "core/net/http.h"

namespace cerebral::net {

struct Refusal {
    int status = 400;
    std::string reason;  ///< for people; never contains bytes of the request
};

struct RequestHead {
    int version = 11;  ///< 10 or 11
    std::string_view method;
    std::string_view target;
    const Headers& headers;
};

/// Empty: the message may be read.
[[nodiscard]] std::optional<Refusal> checkFraming(const RequestHead& head, std::size_t maxHeaderFields);

}  // namespace cerebral::net
