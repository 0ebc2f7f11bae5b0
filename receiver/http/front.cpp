#include "receiver/http/front.h"

#include <nlohmann/json.hpp>

namespace cerebral::receiver {
namespace {

std::optional<net::ServerResponse> refuseMediaType(const net::ServerRequest& request) {
    const std::string type = net::mediaType(request.headers.find("Content-Type").value_or(std::string_view()));
    if (type == "application/json") return std::nullopt;
    if (type == "application/x-www-form-urlencoded") {
        return jsonAnswer(
            415, "rejected",
            "this webhook sends application/x-www-form-urlencoded: in GitHub, under Settings, Webhooks, "
            "Edit, choose Content type application/json");
    }
    return jsonAnswer(415, "rejected", "Content-Type must be application/json");
}

}  // namespace

net::ServerResponse jsonAnswer(int httpStatus, std::string_view status, std::string_view reason) {
    const nlohmann::ordered_json body{{"status", status}, {"reason", reason}};
    return {httpStatus,
            {{"Content-Type", "application/json"}},
            body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n",
            false};
}

std::optional<net::ServerResponse> refuseByHeader(const net::ServerRequest& request) {
    const bool delivery = request.path == kDeliveryPath;
    if (!delivery && request.path != kRebuildPath) return jsonAnswer(404, "rejected", "webhooks are delivered to /");
    if (request.method != net::Method::Post) {
        auto answer = jsonAnswer(405, "rejected", "only POST is answered here");
        answer.headers.add("Allow", "POST");
        return answer;
    }
    if (auto refusal = refuseMediaType(request)) return refusal;
    if (delivery && !request.headers.find("X-Hub-Signature-256")) {
        return jsonAnswer(400, "rejected", "X-Hub-Signature-256 is missing: set a secret on the webhook in GitHub");
    }
    return std::nullopt;
}

}  // namespace cerebral::receiver
