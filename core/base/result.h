#pragma once
/// @file Result<T>: how every operation that depends on the outside world reports failure.
///
/// The world (network, files, configuration, other people's JSON) fails; such failures travel as an
/// `Error` value. What this code promised itself is asserted instead. Exceptions of third-party
/// libraries stop at the file that wraps the library.
///
/// `ErrorKind` is for branching, `Error::message` is for people: one sentence that says what failed
/// and, where we know it, what to do. It never contains a secret, a token or a MAC.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace cerebral {

enum class ErrorKind : std::uint8_t {
    Cancelled,        ///< the caller's stop_token fired
    Timeout,          ///< a deadline of ours passed; the outcome on the other side is unknown
    Unreachable,      ///< nothing was sent: DNS, connection refused, no route
    ConnectionLost,   ///< the connection broke after sending; the outcome is unknown
    Tls,              ///< certificate or handshake trouble
    Unauthorized,     ///< 401
    Forbidden,        ///< 403 from RBAC or admission
    QuotaExceeded,    ///< 403 whose message says "exceeded quota"
    NotFound,         ///< 404
    AlreadyExists,    ///< 409 with reason AlreadyExists
    Conflict,         ///< 409 otherwise
    Gone,             ///< 410, or an ERROR event of reason Expired or Gone
    TooManyRequests,  ///< 429
    Invalid,          ///< 400 and 422: the request itself is refused for good
    ServerError,      ///< 5xx: the outcome is unknown
    Unsupported,      ///< the other side does not have this feature
    Malformed,        ///< bytes from outside that are not what their format promises
    LimitExceeded,    ///< a limit of ours, e.g. the size cap of a body or line
    Config,           ///< the user's configuration is wrong
    Io,               ///< files, sockets, databases on this machine
};

/// Stable lower-case name for logs and JSON, e.g. "connection-lost".
const char* toString(ErrorKind kind) noexcept;

struct Error {
    ErrorKind kind = ErrorKind::Io;
    std::string message;
    int httpStatus = 0;  ///< 0 when no HTTP answer was received
    /// Kubernetes `Status.reason` ("AlreadyExists", "Expired", …), empty otherwise.
    std::string reason;
    /// From `Retry-After` (RFC 9110 section 10.2.3), when the server sent one.
    std::optional<std::chrono::milliseconds> retryAfter;
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
    return tl::unexpected<Error>(Error{kind, std::move(message), 0, {}, {}});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace cerebral
