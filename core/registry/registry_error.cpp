#include "core/registry/registry_error.h"

#include <charconv>

#include "core/base/plain_text.h"
#include "core/kube/json_fields.h"

namespace cerebral::registry {
namespace {

namespace json = kube::json;

ErrorKind kindOf(int status) {
    switch (status) {
        case 400:
        case 422:
            return ErrorKind::Invalid;
        case 401:
            return ErrorKind::Unauthorized;
        case 403:
            return ErrorKind::Forbidden;
        case 404:
            return ErrorKind::NotFound;
        case 405:
        case 415:
            return ErrorKind::Unsupported;
        case 429:
            return ErrorKind::TooManyRequests;
        default:
            return status >= 500 ? ErrorKind::ServerError : ErrorKind::Malformed;
    }
}

/// {"errors":[{"code","message"}]}; the code, and into `words` the message.
std::string errorCode(const std::string& body, std::string& words) {
    simdjson::dom::parser parser;
    json::Element root;
    std::string code;
    if (parser.parse(body).get(root) != simdjson::SUCCESS) return code;
    json::each(root, "errors", [&](json::Element error) {
        if (!code.empty()) return;
        code = plainLine(json::text(error, "code"), 60);
        words = plainLine(json::text(error, "message"), 200);
    });
    return code;
}

}  // namespace

Error errorOf(const net::HttpResponse& response, const std::string& doing) {
    Error error;
    error.kind = kindOf(response.status);
    error.httpStatus = response.status;
    std::string words;
    error.reason = errorCode(response.body, words);
    error.message = doing + ": the registry answered " + std::to_string(response.status);
    if (!error.reason.empty()) error.message += " " + error.reason;
    if (!words.empty()) error.message += " (" + words + ")";
    if (const auto retry = response.headers.find("Retry-After")) {
        unsigned seconds = 0;
        const auto [end, bad] = std::from_chars(retry->data(), retry->data() + retry->size(), seconds);
        if (bad == std::errc{} && end == retry->data() + retry->size()) {
            error.retryAfter = std::chrono::seconds(seconds);
        }
    }
    return error;
}

}  // namespace cerebral::registry
