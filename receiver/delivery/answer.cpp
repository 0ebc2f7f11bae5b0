#include "receiver/delivery/answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cerebral::receiver {

const char* toString(RunOutcome outcome) noexcept {
    switch (outcome) {
        case RunOutcome::Created:
            return "created";
        case RunOutcome::Duplicate:
            return "duplicate";
        case RunOutcome::Queued:
            return "queued";
        case RunOutcome::Refused:
            return "refused";
    }
    return "queued";
}

DeliveryAnswer summarize(std::string delivery, std::string reason, std::vector<RunAnswer> runs) {
    const auto any = [&](RunOutcome outcome) {
        return std::any_of(runs.begin(), runs.end(), [&](const RunAnswer& run) { return run.outcome == outcome; });
    };
    DeliveryAnswer answer{200, "duplicate", std::move(delivery), std::move(reason), {}};
    if (any(RunOutcome::Refused)) {
        answer.httpStatus = 502;
        answer.status = "refused";
    } else if (any(RunOutcome::Queued)) {
        answer.httpStatus = 202;
        answer.status = "queued";
    } else if (any(RunOutcome::Created)) {
        answer.status = "created";
    }
    answer.runs = std::move(runs);
    return answer;
}

std::string answerJson(const DeliveryAnswer& answer) {
    nlohmann::ordered_json json{{"status", answer.status}, {"delivery", answer.delivery}, {"reason", answer.reason}};
    auto& runs = json["pipelineRuns"] = nlohmann::ordered_json::array();
    for (const RunAnswer& run : answer.runs) {
        nlohmann::ordered_json item{{"name", run.name}, {"service", run.service}, {"outcome", toString(run.outcome)}};
        if (!run.reason.empty()) item["reason"] = run.reason;
        runs.push_back(std::move(item));
    }
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

net::ServerResponse toResponse(const DeliveryAnswer& answer) {
    return {answer.httpStatus, {{"Content-Type", "application/json"}}, answerJson(answer), false};
}

}  // namespace cerebral::receiver
