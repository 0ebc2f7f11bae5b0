#include "receiver/rebuild/token_review.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cerebral::receiver {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxToken = 8192;

bool isText(const Json& value, std::string_view text) {
    return value.is_string() && value.get_ref<const std::string&>() == text;
}

}  // namespace

Secret tokenOf(const net::Headers& headers) {
    constexpr std::string_view kBearer = "Bearer ";
    std::string_view token;
    if (const auto value = headers.find("Authorization")) {
        if (value->size() > kBearer.size() && net::equalsIgnoreCase(value->substr(0, kBearer.size()), kBearer)) {
            token = value->substr(kBearer.size());
        }
    }
    if (token.empty()) token = headers.find("X-Cerebral-Token").value_or(std::string_view());
    return token.size() <= kMaxToken ? Secret(std::string(token)) : Secret();
}

Result<void> judgeReview(std::string_view reviewJson, std::string_view ns) {
    const Json review = Json::parse(reviewJson, nullptr, false);
    if (!review.is_object() || !review.contains("status") || !review["status"].is_object()) {
        return fail(ErrorKind::Malformed, "the API server's TokenReview cannot be read");
    }
    const Json& status = review["status"];
    const auto flag = status.find("authenticated");
    if (flag == status.end() || !flag->is_boolean() || !flag->get<bool>()) {
        return fail(ErrorKind::Unauthorized, "the token is not valid, or not for audience github-webhook-receiver");
    }
    // A server that knows no audiences answers for its own: such a token was not made for us.
    const auto audiences = status.find("audiences");
    const bool ours = audiences != status.end() && audiences->is_array() &&
                      std::any_of(audiences->begin(), audiences->end(),
                                  [](const Json& audience) { return isText(audience, kTokenAudience); });
    if (!ours) return fail(ErrorKind::Unauthorized, "the token is not for audience github-webhook-receiver");
    const std::string expected = "system:serviceaccount:" + std::string(ns) + ":" + std::string(kTokenAccount);
    const auto user = status.find("user");
    const bool known = user != status.end() && user->is_object() && user->contains("username") &&
                       isText((*user)["username"], expected);
    if (!known) return fail(ErrorKind::Forbidden, "only tokens of " + expected + " are accepted");
    return {};
}

Result<void> reviewToken(kube::KubeClient& client, std::string_view ns, const Secret& token, std::stop_token stop) {
    if (token.empty()) return fail(ErrorKind::Unauthorized, "a token is required (Authorization: Bearer)");
    Json review{{"apiVersion", "authentication.k8s.io/v1"}, {"kind", "TokenReview"}};
    review["spec"]["token"] = std::string(token.reveal());
    review["spec"]["audiences"] = Json::array({std::string(kTokenAudience)});
    auto answer = client.raw(net::Method::Post, "/apis/authentication.k8s.io/v1/tokenreviews",
                             review.dump(-1, ' ', true, Json::error_handler_t::replace), std::move(stop));
    if (!answer) {
        // Ours, not the caller's: this receiver may not create token reviews.
        Error error = answer.error();
        if (error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden) {
            error.kind = ErrorKind::ServerError;
        }
        return fail(std::move(error));
    }
    return judgeReview(*answer, ns);
}

}  // namespace cerebral::receiver
