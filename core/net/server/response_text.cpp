#include "core/net/server/response_text.h"

#include <array>
#include <charconv>

namespace cerebral::net {
namespace {

bool isOurs(std::string_view name) {
    return equalsIgnoreCase(name, "Content-Length") || equalsIgnoreCase(name, "Transfer-Encoding") ||
           equalsIgnoreCase(name, "Connection");
}

void appendField(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ");
    for (const char c : value) text.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
    text.append("\r\n");
}

bool hasNoBody(int status) {
    return status == 204 || status == 304;
}

}  // namespace

const char* reasonPhrase(int status) noexcept {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return "Status";
    }
}

std::string responseHead(const ServerResponse& response, BodyFraming framing, bool keepAlive) {
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    for (const auto& [name, value] : response.headers.fields()) {
        if (!isOurs(name)) appendField(text, name, value);
    }
    if (!hasNoBody(response.status)) {
        if (framing == BodyFraming::ContentLength) {
            appendField(text, "Content-Length", std::to_string(response.body.size()));
        } else if (framing == BodyFraming::Chunked) {
            appendField(text, "Transfer-Encoding", "chunked");
        }
    }
    if (!keepAlive) appendField(text, "Connection", "close");
    text.append("\r\n");
    return text;
}

std::string chunk(std::string_view bytes) {
    if (bytes.empty()) return {};
    std::array<char, 16> size{};
    const auto end = std::to_chars(size.data(), size.data() + size.size(), bytes.size(), 16).ptr;
    std::string text;
    text.reserve(bytes.size() + 24);
    text.append(size.data(), end).append("\r\n").append(bytes).append("\r\n");
    return text;
}

ServerResponse refusalResponse(int status, std::string_view reason) {
    std::string body = R"({"status":"refused","reason":")";
    for (const char c : reason) {
        if (c == '"' || c == '\\') body.push_back('\\');
        if (static_cast<unsigned char>(c) >= 0x20) body.push_back(c);
    }
    body += "\"}\n";
    return ServerResponse{status, Headers{{"Content-Type", "application/json"}}, std::move(body), true};
}

}  // namespace cerebral::net
