#pragma once
/// @file What to do after a create failed, by class of failure
/// (core/kube/status.h maps the API server's answers to ErrorKind). Pure.
///
///   409 AlreadyExists            success: the deterministic name was taken by the same push
///   no connection                try again; everybody waits for one that probes
///   timeout, broken, 5xx, 409    unknown outcome or a race: the same name again
///   429                          after Retry-After
///   403 exceeded quota, 401      again, slowly: somebody has to make room or rotate a credential
///   400, 403, 404, 422, …        refused for good: dead letter

#include <chrono>
#include <cstdint>

#include "core/base/result.h"

namespace cerebral::receiver {

enum class CreateVerdict : std::uint8_t {
    Exists,       ///< as good as created
    Unreachable,  ///< nothing was sent, nothing can be
    Retry,
    RetrySlowly,
    Refused,
    Stopped,  ///< we are shutting down; it stays in the spool
};

[[nodiscard]] CreateVerdict judge(const Error& error) noexcept;

/// The wait before try number `tries` + 1 (tries ≥ 1): 250 ms doubling to 30 s, 5 s doubling to 60 s for
/// slow ones, never less than Retry-After; `jitter` in [0, 1) stretches it by up to a quarter.
[[nodiscard]] std::chrono::milliseconds retryDelay(CreateVerdict verdict, const Error& error, int tries,
                                                   double jitter) noexcept;

}  // namespace cerebral::receiver
