#pragma once
/// @file What a sender is told about its delivery: status code, one word, reasons, runs.
///
/// The sender is GitHub, whose "Recent deliveries" shows the body to people. Pure.
///
///   200 created | duplicate | ignored | pong
///   202 queued     safe on disk, the API server has not answered yet
///   400 rejected   no valid signature, or not JSON under a valid one
///   502 refused    the cluster refused for good; kept as a dead letter
///   503 unsafe     could not be made safe: GitHub shows it as failed and can redeliver

#include <cstdint>
#include <string>
#include <vector>

#include "core/net/server/http_server.h"

namespace cerebral::receiver {

enum class RunOutcome : std::uint8_t { Created, Duplicate, Queued, Refused };
const char* toString(RunOutcome outcome) noexcept;

struct RunAnswer {
    std::string name;
    std::string service;
    RunOutcome outcome = RunOutcome::Queued;
    std::string reason;  ///< why queued or refused; empty otherwise
};

struct DeliveryAnswer {
    int httpStatus = 200;
    std::string status;  ///< one of the words above
    std::string delivery;
    std::string reason;
    std::vector<RunAnswer> runs;
};

/// The one status for several runs: refused before queued before created before duplicate.
[[nodiscard]] DeliveryAnswer summarize(std::string delivery, std::string reason, std::vector<RunAnswer> runs);

[[nodiscard]] std::string answerJson(const DeliveryAnswer& answer);
[[nodiscard]] net::ServerResponse toResponse(const DeliveryAnswer& answer);

}  // namespace cerebral::receiver
