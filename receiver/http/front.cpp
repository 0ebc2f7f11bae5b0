#include "receiver/http/front.h"

#include <nlohmann/json.hpp>

namespace cerebral::receiver {
namespace {

std::optional<HeaderRefusal> refuseMediaType(const net::ServerRequest& request) {
    const std::string type = net::mediaType(request.headers.find("Content-Type").value_or(std::string_view()));
    if (type == "application/json") return std::nullopt;
    if (type == "application/x-www-form-urlencoded") {
        return HeaderRefusal{
            415,
            "this webhook sends application/x-www-form-urlencoded: in GitHub, under Settings, Webhooks, "
            "Edit, choose Content type application/json"};
    }
    return HeaderRefusal{415, "Content-Type must be application/json"};
}

}  // namespace

net::ServerResponse jsonAnswer(int httpStatus, std::string_view status, std::string_view reason) {
    const nlohmann::ordered_json body{{"status", status}, {"reason", reason}};
    return {httpStatus,
            {{"Content-Type", "application/json"}},
            body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n",
            false};
}

net::ServerResponse HeaderRefusal::answer() const {
    auto response = jsonAnswer(httpStatus, "rejected", reason);
    if (httpStatus == 405) response.headers.add("Allow", "POST");
    return response;
}

std::optional<HeaderRefusal> refuseByHeader(const net::ServerRequest& request) {
    const bool delivery = request.path == kDeliveryPath;
    if (!delivery && request.path != kRebuildPath) return HeaderRefusal{404, "webhooks are delivered to /"};
    if (request.method != net::Method::Post) return HeaderRefusal{405, "only POST is answered here"};
    if (auto refusal = refuseMediaType(request)) return refusal;
    if (delivery && !request.headers.find("X-Hub-Signature-256")) {
        return HeaderRefusal{400, "X-Hub-Signature-256 is missing: set a secret on the webhook in GitHub"};
    }
    return std::nullopt;
}

}  // namespace cerebral::receiver
