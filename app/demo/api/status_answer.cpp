#include "app/demo/api/status_answer.h"

#include <atomic>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace cerebral::demo {
namespace {

Json statusObject(int code, std::string_view reason, std::string_view message, const Json& details) {
    Json status = {{"kind", "Status"},    {"apiVersion", "v1"}, {"metadata", Json::object()},
                   {"status", "Failure"}, {"message", message}, {"code", code}};
    if (!reason.empty()) status["reason"] = reason;
    if (!details.is_null()) status["details"] = details;
    return status;
}

Json detailsOf(const ResourceKind& kind, std::string_view name) {
    Json details = {{"kind", kind.plural}};
    if (!name.empty()) details["name"] = name;
    if (!kind.group.empty()) details["group"] = kind.group;
    return details;
}

std::string inQuotes(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

net::ServerResponse invalidName(const ResourceKind& kind, const std::string& name) {
    if (name.empty()) {
        const std::string why = "Required value: name or generateName is required";
        return statusAnswer(
            422, "Invalid",
            std::string(kind.kind) + (kind.group.empty() ? "" : "." + std::string(kind.group)) +
                " \"\" is invalid: metadata.name: " + why,
            {{"group", kind.group},
             {"kind", kind.kind},
             {"causes", {{{"reason", "FieldValueRequired"}, {"message", why}, {"field", "metadata.name"}}}}});
    }
    const std::string why = "Invalid value: " + inQuotes(name) +
                            ": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
                            "'-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', "
                            "regex used for validation is "
                            "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    Json details = {{"name", name},
                    {"kind", kind.kind},
                    {"causes", {{{"reason", "FieldValueInvalid"}, {"message", why}, {"field", "metadata.name"}}}}};
    if (!kind.group.empty()) details["group"] = kind.group;
    return statusAnswer(422, "Invalid",
                        std::string(kind.kind) + (kind.group.empty() ? "" : "." + std::string(kind.group)) + " " +
                            inQuotes(name) + " is invalid: metadata.name: " + why,
                        details);
}

}  // namespace

net::ServerResponse jsonAnswer(int status, std::string body) {
    static std::atomic<unsigned> sequence{0};
    char auditId[40];
    std::snprintf(auditId, sizeof auditId, "d3300000-0000-4000-8000-%012x", ++sequence);
    net::ServerResponse response;
    response.status = status;
    response.headers = {{"Audit-Id", auditId},
                        {"Cache-Control", "no-cache, private"},
                        {"Content-Type", "application/json"},
                        {"X-Kubernetes-Pf-Flowschema-Uid", "c1a953db-bf83-4a91-8b95-a8e0b646345e"},
                        {"X-Kubernetes-Pf-Prioritylevel-Uid", "622059d5-792c-495e-b2b0-83ee0392df53"}};
    response.body = std::move(body);
    return response;
}

net::ServerResponse statusAnswer(int code, std::string_view reason, std::string_view message, const Json& details) {
    return jsonAnswer(
        code, statusObject(code, reason, message, details).dump(-1, ' ', false, Json::error_handler_t::replace));
}

net::ServerResponse notFoundPath() {
    net::ServerResponse response = jsonAnswer(404, "404 page not found\n");
    response.headers.set("Content-Type", "text/plain; charset=utf-8");
    response.headers.add("X-Content-Type-Options", "nosniff");
    return response;
}

net::ServerResponse unauthorized() {
    return statusAnswer(401, "Unauthorized", "Unauthorized", nullptr);
}

net::ServerResponse methodNotAllowed() {
    return statusAnswer(405, "MethodNotAllowed", "the server does not allow this method on the requested resource",
                        Json::object());
}

net::ServerResponse badRequest(std::string_view message) {
    return statusAnswer(400, "BadRequest", message, nullptr);
}

net::ServerResponse unsupportedMediaType(std::string_view mediaType) {
    return statusAnswer(415, "UnsupportedMediaType",
                        "the body of the request was in an unknown format - accepted media types include: "
                        "application/json, application/merge-patch+json, application/json-patch+json, "
                        "application/strategic-merge-patch+json; got " +
                            std::string(mediaType),
                        Json::object());
}

net::ServerResponse forbidden(std::string_view user, std::string_view verb, const ResourceKind& kind,
                              std::string_view subresource, std::string_view ns, std::string_view name) {
    std::string resource(kind.plural);
    if (!subresource.empty()) resource.append("/").append(subresource);
    std::string message = kind.qualifiedPlural();
    if (!name.empty()) message += " " + inQuotes(name);
    message += " is forbidden: User " + inQuotes(user) + " cannot " + std::string(verb) + " resource " +
               inQuotes(resource) + " in API group " + inQuotes(kind.group);
    message += ns.empty() ? " at the cluster scope" : " in the namespace " + inQuotes(ns);
    return statusAnswer(403, "Forbidden", message, detailsOf(kind, name));
}

net::ServerResponse versionTooLarge(std::string_view asked, std::uint64_t current) {
    net::ServerResponse response = statusAnswer(
        504, "Timeout",
        "Timeout: Too large resource version: " + std::string(asked) + ", current: " + std::to_string(current),
        {{"causes", {{{"reason", "ResourceVersionTooLarge"}, {"message", "Too large resource version"}}}},
         {"retryAfterSeconds", 1}});
    response.headers.add("Retry-After", "1");
    return response;
}

net::ServerResponse tooManyRequests(int retryAfterSeconds) {
    net::ServerResponse response = jsonAnswer(429, "Too many requests, please try again later.\n");
    response.headers.set("Content-Type", "text/plain; charset=utf-8");
    response.headers.add("Retry-After", std::to_string(retryAfterSeconds));
    return response;
}

net::ServerResponse expired(std::string_view message) {
    return statusAnswer(410, "Expired", message, nullptr);
}

net::ServerResponse quotaExceeded(const ResourceKind& kind, std::string_view name, std::size_t used) {
    const std::string counted = "count/" + kind.qualifiedPlural() + "=";
    return statusAnswer(403, "Forbidden",
                        kind.qualifiedPlural() + " " + inQuotes(name) +
                            " is forbidden: exceeded quota: demo-quota, requested: " + counted + "1, used: " +
                            counted + std::to_string(used) + ", limited: " + counted + std::to_string(used),
                        detailsOf(kind, name));
}

net::ServerResponse storeRefusal(const ResourceKind& kind, const Error& error) {
    const std::string subject = kind.qualifiedPlural() + " " + inQuotes(error.message);
    switch (error.kind) {
        case ErrorKind::NotFound:
            if (error.message.starts_with("namespaces ")) {
                return statusAnswer(
                    404, "NotFound", error.message,
                    {{"name", error.message.substr(12, error.message.rfind('"') - 12)}, {"kind", "namespaces"}});
            }
            return statusAnswer(404, "NotFound", subject + " not found", detailsOf(kind, error.message));
        case ErrorKind::AlreadyExists:
            return statusAnswer(409, "AlreadyExists", subject + " already exists", detailsOf(kind, error.message));
        case ErrorKind::Conflict:
            return statusAnswer(409, "Conflict",
                                "Operation cannot be fulfilled on " + subject +
                                    ": the object has been modified; please apply your changes to the latest version "
                                    "and try again",
                                detailsOf(kind, error.message));
        case ErrorKind::Invalid:
            return invalidName(kind, error.message);
        default:
            return statusAnswer(500, "InternalError", error.message, nullptr);
    }
}

std::string watchError(int code, std::string_view reason, std::string_view message) {
    return "{\"type\":\"ERROR\",\"object\":" + statusObject(code, reason, message, nullptr).dump() + "}\n";
}

}  // namespace cerebral::demo
