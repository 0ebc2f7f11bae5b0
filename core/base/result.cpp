#include "core/base/result.h"

namespace cerebral {

const char* toString(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::Cancelled:
            return "cancelled";
        case ErrorKind::Timeout:
            return "timeout";
        case ErrorKind::Unreachable:
            return "unreachable";
        case ErrorKind::ConnectionLost:
            return "connection-lost";
        case ErrorKind::Tls:
            return "tls";
        case ErrorKind::Unauthorized:
            return "unauthorized";
        case ErrorKind::Forbidden:
            return "forbidden";
        case ErrorKind::QuotaExceeded:
            return "quota-exceeded";
        case ErrorKind::NotFound:
            return "not-found";
        case ErrorKind::AlreadyExists:
            return "already-exists";
        case ErrorKind::Conflict:
            return "conflict";
        case ErrorKind::Gone:
            return "gone";
        case ErrorKind::TooManyRequests:
            return "too-many-requests";
        case ErrorKind::Invalid:
            return "invalid";
        case ErrorKind::ServerError:
            return "server-error";
        case ErrorKind::Unsupported:
            return "unsupported";
        case ErrorKind::Malformed:
            return "malformed";
        case ErrorKind::LimitExceeded:
            return "limit-exceeded";
        case ErrorKind::Config:
            return "config";
        case ErrorKind::Io:
            return "io";
    }
    return "unknown";
}

}  // namespace cerebral
