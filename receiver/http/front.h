#pragma once
/// @file Front: which requests the webhook port takes, before a byte of their bodies is read.
/// Pure: header in, refusal or "go on" out.
///
///   POST /          a GitHub delivery: application/json, signed
///   POST /rebuild   a rebuild request: application/json, with a token
///
/// A form-encoded webhook is told which content type to choose in GitHub. A delivery without a
/// signature is refused here too: its body is not worth reading.

#include <optional>
#include <string_view>

#include "core/net/server/http_server.h"

namespace cerebral::receiver {

inline constexpr std::string_view kDeliveryPath = "/";
inline constexpr std::string_view kRebuildPath = "/rebuild";

/// Why a request goes no further; `reason` is for people: the answer and the log say it in the same words.
struct HeaderRefusal {
    int httpStatus = 400;
    std::string_view reason;  ///< static text

    [[nodiscard]] net::ServerResponse answer() const;
};

[[nodiscard]] std::optional<HeaderRefusal> refuseByHeader(const net::ServerRequest& request);

/// {"status": WORD, "reason": …} with that code.
[[nodiscard]] net::ServerResponse jsonAnswer(int httpStatus, std::string_view status, std::string_view reason);

}  // namespace cerebral::receiver
