#include "app/demo/api/reviews.h"

#include <nlohmann/json.hpp>

#include "app/demo/api/protobuf_review.h"
#include "app/demo/api/status_answer.h"
#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

Json userObject(const User& user) {
    Json info = {{"username", user.name}, {"groups", user.groups}};
    if (!user.uid.empty()) info["uid"] = user.uid;
    if (!user.credentialId.empty()) {
        info["extra"] = {{"authentication.kubernetes.io/credential-id", Json::array({user.credentialId})}};
    }
    return info;
}

Json tokenReviewStatus(const Json& spec, const Credentials& credentials) {
    std::vector<std::string> audiences;
    for (const Json& audience : spec.value("audiences", Json::array()))
        audiences.push_back(audience.get<std::string>());
    if (audiences.empty()) audiences.emplace_back(kApiAudience);
    std::vector<std::string> matched;
    const auto owner = credentials.verify(spec.value("token", ""), audiences, &matched);
    if (!owner) return {{"user", Json::object()}, {"error", "invalid bearer token"}};
    return {{"authenticated", true}, {"user", userObject(*owner)}, {"audiences", matched}};
}

Json accessStatus(const Json& spec, const User& user, const Authorizer& authorizer) {
    if (spec.contains("nonResourceAttributes")) return {{"allowed", user.isAdministrator()}};
    const Json asked = spec.value("resourceAttributes", Json::object());
    const bool allowed = authorizer.allows(
        user, {asked.value("verb", ""), asked.value("group", ""), asked.value("resource", ""),
               asked.value("subresource", ""), asked.value("namespace", ""), asked.value("name", "")});
    return {{"allowed", allowed}};
}

}  // namespace

net::ServerResponse answerReview(std::string_view path, std::string_view body, const User& user,
                                 const Credentials& credentials, const Authorizer& authorizer,
                                 const ObjectStore& store) {
    const std::string_view plural = path.substr(path.rfind('/') + 1);
    const bool authentication = path.starts_with("/apis/authentication.k8s.io/v1/");
    const bool authorization = path.starts_with("/apis/authorization.k8s.io/v1/");
    if (!authentication && !authorization) return notFoundPath();
    Json review;
    if (body.starts_with("k8s")) {
        constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
            {"selfsubjectreviews", "SelfSubjectReview"},
            {"selfsubjectaccessreviews", "SelfSubjectAccessReview"},
            {"selfsubjectrulesreviews", "SelfSubjectRulesReview"},
            {"tokenreviews", "TokenReview"}};
        for (const auto& [name, kind] : kKinds) {
            if (name == plural) review = readProtobufReview(kind, body).value_or(Json());
        }
    } else {
        review = Json::parse(body, nullptr, false);
    }
    if (!review.is_object()) return badRequest("the body is not a JSON object");
    const Json spec = review.value("spec", Json::object());
    Json& meta = review["metadata"];
    if (!meta.is_object()) meta = Json::object();
    review["apiVersion"] = authentication ? "authentication.k8s.io/v1" : "authorization.k8s.io/v1";
    if (authentication && plural == "selfsubjectreviews") {
        meta["creationTimestamp"] = formatRfc3339(store.now());
        review["kind"] = "SelfSubjectReview";
        review["status"] = {{"userInfo", userObject(user)}};
    } else if (authentication && plural == "tokenreviews") {
        if (!authorizer.allows(user, {"create", "authentication.k8s.io", "tokenreviews", "", "", ""})) {
            return statusAnswer(403, "Forbidden",
                                "tokenreviews.authentication.k8s.io is forbidden: User \"" + user.name +
                                    "\" cannot create resource \"tokenreviews\" in API group "
                                    "\"authentication.k8s.io\" at the cluster scope",
                                {{"group", "authentication.k8s.io"}, {"kind", "tokenreviews"}});
        }
        review["kind"] = "TokenReview";
        review["status"] = tokenReviewStatus(spec, credentials);
    } else if (authorization && plural == "selfsubjectaccessreviews") {
        review["kind"] = "SelfSubjectAccessReview";
        review["status"] = accessStatus(spec, user, authorizer);
    } else if (authorization && plural == "subjectaccessreviews") {
        User other{spec.value("user", ""), "", {}, ""};
        for (const Json& group : spec.value("groups", Json::array()))
            other.groups.push_back(group.get<std::string>());
        review["kind"] = "SubjectAccessReview";
        review["status"] = accessStatus(spec, other, authorizer);
    } else if (authorization && plural == "selfsubjectrulesreviews") {
        review["kind"] = "SelfSubjectRulesReview";
        Json rules = Json::array();
        if (user.isAdministrator()) rules.push_back({{"verbs", {"*"}}, {"apiGroups", {"*"}}, {"resources", {"*"}}});
        review["status"] = {{"resourceRules", std::move(rules)},
                            {"nonResourceRules", Json::array()},
                            {"incomplete", !user.isAdministrator()}};
    } else {
        return notFoundPath();
    }
    return jsonAnswer(201, review.dump());
}

}  // namespace cerebral::demo
