#include "receiver/delivery/answer.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "core/base/json_text.h"

namespace cerebral::receiver {

namespace {

struct Member {
    std::string_view name;
    std::string_view value;
};

void appendMembers(std::string& json, std::initializer_list<Member> members) {
    const char* separator = "";
    for (const Member& member : members) {
        json += std::exchange(separator, ",");
        appendJsonString(json, member.name);
        json += ':';
        appendJsonString(json, member.value);
    }
}

}  // namespace

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
    std::string json = "{";
    appendMembers(json, {{"status", answer.status}, {"delivery", answer.delivery}, {"reason", answer.reason}});
    json += R"(,"pipelineRuns":[)";
    const char* separator = "{";
    for (const RunAnswer& run : answer.runs) {
        json += std::exchange(separator, ",{");
        appendMembers(json, {{"name", run.name}, {"service", run.service}, {"outcome", toString(run.outcome)}});
        if (!run.reason.empty()) appendMembers(json += ',', {{"reason", run.reason}});
        json += '}';
    }
    json += "]}\n";
    return json;
}

net::ServerResponse toResponse(const DeliveryAnswer& answer) {
    return {answer.httpStatus, {{"Content-Type", "application/json"}}, answerJson(answer), false};
}

}  // namespace cerebral::receiver
