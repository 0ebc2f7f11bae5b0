#include "receiver/submit/retry_policy.h"

#include <algorithm>

namespace cerebral::receiver {

using std::chrono::milliseconds;

CreateVerdict judge(const Error& error) noexcept {
    switch (error.kind) {
        case ErrorKind::AlreadyExists:
            return CreateVerdict::Exists;
        case ErrorKind::Unreachable:
            return CreateVerdict::Unreachable;
        case ErrorKind::Timeout:
        case ErrorKind::ConnectionLost:
        case ErrorKind::ServerError:
        case ErrorKind::Conflict:
        case ErrorKind::TooManyRequests:
        case ErrorKind::Malformed:  // a proxy's page instead of the API server's answer
        case ErrorKind::LimitExceeded:
        case ErrorKind::Io:
            return CreateVerdict::Retry;
        case ErrorKind::QuotaExceeded:
        case ErrorKind::Unauthorized:
        case ErrorKind::Tls:
        case ErrorKind::Config:  // credentials that cannot be read now
            return CreateVerdict::RetrySlowly;
        case ErrorKind::Forbidden:
        case ErrorKind::NotFound:
        case ErrorKind::Gone:
        case ErrorKind::Invalid:
        case ErrorKind::Unsupported:
            return CreateVerdict::Refused;
        case ErrorKind::Cancelled:
            return CreateVerdict::Stopped;
    }
    return CreateVerdict::Retry;
}

milliseconds retryDelay(CreateVerdict verdict, const Error& error, int tries, double jitter) noexcept {
    const bool slow = verdict == CreateVerdict::RetrySlowly;
    const milliseconds first{slow ? 5'000 : 250};
    const milliseconds most{slow ? 60'000 : 30'000};
    const int doublings = std::clamp(tries - 1, 0, 16);
    milliseconds delay = std::min<milliseconds>(most, first * (1 << doublings));
    if (error.retryAfter) delay = std::max(delay, *error.retryAfter);
    return delay + milliseconds(static_cast<std::int64_t>(static_cast<double>(delay.count()) * jitter / 4));
}

}  // namespace cerebral::receiver
