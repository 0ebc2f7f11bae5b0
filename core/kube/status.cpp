#include "core/kube/status.h"

#include <charconv>

#include "core/kube/json_fields.h"

namespace cerebral::kube {
namespace {

constexpr std::size_t kMaxPlainText = 300;

/// What the server said about itself, from a Status object or, failing that, from plain text.
struct Said {
    int code = 0;
    std::string reason;
    std::string message;
    bool resourceVersionTooLarge = false;
    std::optional<std::chrono::milliseconds> retryAfter;
};

std::optional<Said> readStatus(std::string_view json) {
    simdjson::dom::parser parser;
    json::Element status;
    if (parser.parse(json.data(), json.size()).get(status) != simdjson::SUCCESS || !status.is_object()) {
        return std::nullopt;
    }
    Said said;
    said.code = static_cast<int>(json::integer(status, "code"));
    said.reason = json::string(status, "reason");
    said.message = json::string(status, "message");
    if (const auto details = json::field(status, "details")) {
        json::each(*details, "causes", [&](json::Element cause) {
            if (json::text(cause, "reason") == "ResourceVersionTooLarge") said.resourceVersionTooLarge = true;
        });
        if (const auto seconds = json::integer(*details, "retryAfterSeconds"); seconds > 0) {
            said.retryAfter = std::chrono::seconds(seconds);
        }
    }
    return said;
}

ErrorKind kindOf(const Said& said) {
    if (said.reason == "Expired" || said.reason == "Gone" || said.resourceVersionTooLarge) return ErrorKind::Gone;
    switch (said.code) {
        case 400:
        case 405:
        case 413:
        case 415:
        case 422:
            return ErrorKind::Invalid;
        case 401:
            return ErrorKind::Unauthorized;
        case 403:
            return said.message.find("exceeded quota") != std::string::npos ? ErrorKind::QuotaExceeded
                                                                            : ErrorKind::Forbidden;
        case 404:
            return ErrorKind::NotFound;
        case 409:
            return said.reason == "AlreadyExists" ? ErrorKind::AlreadyExists : ErrorKind::Conflict;
        case 410:
            return ErrorKind::Gone;
        case 429:
            return ErrorKind::TooManyRequests;
        default:
            return said.code >= 500 ? ErrorKind::ServerError : ErrorKind::Malformed;
    }
}

/// One line without control characters: what proxies and the API server's limiter send as text.
std::string plainText(std::string_view body) {
    std::string line;
    for (const char c : body.substr(0, kMaxPlainText)) {
        const auto byte = static_cast<unsigned char>(c);
        line += byte < 0x20 ? ' ' : byte < 0x7f ? c : '?';
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

Error makeError(Said said, std::string_view what) {
    Error error;
    error.kind = kindOf(said);
    error.httpStatus = said.code;
    error.reason = std::move(said.reason);
    error.retryAfter = said.retryAfter;
    error.message = std::string(what) + ": ";
    error.message += said.message.empty() ? "the server answered " + std::to_string(said.code) : said.message;
    return error;
}

std::optional<std::chrono::milliseconds> retryAfter(const net::Headers& headers) {
    const auto value = headers.find("Retry-After");
    if (!value) return std::nullopt;
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), seconds);
    if (error != std::errc{} || end != value->data() + value->size()) return std::nullopt;
    return std::chrono::seconds(seconds);
}

}  // namespace

Error errorFromResponse(const net::HttpResponse& response, std::string_view what) {
    auto said = readStatus(response.body);
    if (!said || (said->code == 0 && said->message.empty())) {
        said.emplace();
        said->message = plainText(response.body);
        if (!said->message.empty()) {
            said->message = "the server answered " + std::to_string(response.status) + ": " + said->message;
        }
    }
    said->code = response.status;
    Error error = makeError(std::move(*said), what);
    if (const auto wait = retryAfter(response.headers)) error.retryAfter = wait;
    return error;
}

Error errorFromStatusJson(std::string_view statusJson, std::string_view what) {
    auto said = readStatus(statusJson);
    if (!said) {
        said.emplace();
        said->message = "an ERROR event without a Status object";
    }
    return makeError(std::move(*said), what);
}

}  // namespace cerebral::kube
