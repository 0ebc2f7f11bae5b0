#include "core/kube/reviews.h"

#include <nlohmann/json.hpp>

#include "core/kube/json_fields.h"

namespace cerebral::kube {
namespace {

constexpr const char* kTokenReviews = "/apis/authentication.k8s.io/v1/tokenreviews";
constexpr const char* kSelfReviews = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
constexpr const char* kAccessReviews = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

std::string dump(const nlohmann::json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> texts(json::Element object, std::string_view key) {
    std::vector<std::string> all;
    json::each(object, key, [&](json::Element item) { all.push_back(json::textOrJson(item)); });
    return all;
}

/// POSTs a review and hands the `status` of the answer to `read`.
template <class T>
Result<T> review(KubeClient& client, const std::string& path, const nlohmann::json& body, std::stop_token stop,
                 Result<T> (*read)(json::Element)) {
    const auto answer = client.raw(net::Method::Post, path, dump(body), std::move(stop));
    if (!answer) return fail(answer.error());
    simdjson::dom::parser parser;
    json::Element root;
    if (parser.parse(answer->data(), answer->size()).get(root) != simdjson::SUCCESS) {
        return fail(ErrorKind::Malformed, "POST " + path + ": the answer is not JSON");
    }
    const auto status = json::field(root, "status");
    if (!status) return fail(ErrorKind::Malformed, "POST " + path + ": the answer has no status");
    return read(*status);
}

Result<IssuedToken> readIssued(json::Element status) {
    IssuedToken issued;
    issued.token = Secret(json::string(status, "token"));
    issued.expires = json::time(status, "expirationTimestamp");
    if (issued.token.empty()) return fail(ErrorKind::Malformed, "the server issued a token without content");
    return issued;
}

Result<ReviewedToken> readReviewed(json::Element status) {
    ReviewedToken reviewed;
    reviewed.authenticated = json::boolean(status, "authenticated");
    reviewed.error = json::string(status, "error");
    reviewed.audiences = texts(status, "audiences");
    if (const auto user = json::field(status, "user")) {
        reviewed.username = json::string(*user, "username");
        reviewed.uid = json::string(*user, "uid");
        reviewed.groups = texts(*user, "groups");
    }
    return reviewed;
}

Result<Identity> readIdentity(json::Element status) {
    const auto info = json::field(status, "userInfo");
    if (!info) return fail(ErrorKind::Malformed, "the server's self review has no userInfo");
    return Identity{json::string(*info, "username"), texts(*info, "groups")};
}

Result<RightAnswer> readRight(json::Element status) {
    RightAnswer answer{json::boolean(status, "allowed"), json::string(status, "reason")};
    if (answer.reason.empty()) answer.reason = json::string(status, "evaluationError");
    return answer;
}

}  // namespace

Result<IssuedToken> requestToken(KubeClient& client, std::string_view ns, std::string_view serviceAccount,
                                 std::string_view audience, std::chrono::seconds lifetime, std::stop_token stop) {
    const nlohmann::json body = {
        {"apiVersion", "authentication.k8s.io/v1"},
        {"kind", "TokenRequest"},
        {"spec",
         {{"audiences", nlohmann::json::array({std::string(audience)})}, {"expirationSeconds", lifetime.count()}}}};
    const std::string path = objectPath(types::kServiceAccounts, ns, serviceAccount) + "/token";
    return review<IssuedToken>(client, path, body, std::move(stop), readIssued);
}

Result<ReviewedToken> reviewToken(KubeClient& client, const Secret& token, std::string_view audience,
                                  std::stop_token stop) {
    const nlohmann::json body = {
        {"apiVersion", "authentication.k8s.io/v1"},
        {"kind", "TokenReview"},
        {"spec",
         {{"token", std::string(token.reveal())}, {"audiences", nlohmann::json::array({std::string(audience)})}}}};
    return review<ReviewedToken>(client, kTokenReviews, body, std::move(stop), readReviewed);
}

Result<Identity> whoAmI(KubeClient& client, std::stop_token stop) {
    const nlohmann::json body = {{"apiVersion", "authentication.k8s.io/v1"}, {"kind", "SelfSubjectReview"}};
    return review<Identity>(client, kSelfReviews, body, std::move(stop), readIdentity);
}

std::string Right::text() const {
    std::string what = verb + " " + resource;
    if (!group.empty()) what += "." + group;
    if (!subresource.empty()) what += "/" + subresource;
    if (!name.empty()) what += " " + name;
    return what + (ns.empty() ? " in all namespaces" : " in namespace " + ns);
}

Result<RightAnswer> mayI(KubeClient& client, const Right& right, std::stop_token stop) {
    nlohmann::json attributes = {{"verb", right.verb}, {"resource", right.resource}};
    if (!right.group.empty()) attributes["group"] = right.group;
    if (!right.subresource.empty()) attributes["subresource"] = right.subresource;
    if (!right.ns.empty()) attributes["namespace"] = right.ns;
    if (!right.name.empty()) attributes["name"] = right.name;
    const nlohmann::json body = {{"apiVersion", "authorization.k8s.io/v1"},
                                 {"kind", "SelfSubjectAccessReview"},
                                 {"spec", {{"resourceAttributes", attributes}}}};
    return review<RightAnswer>(client, kAccessReviews, body, std::move(stop), readRight);
}

}  // namespace cerebral::kube
