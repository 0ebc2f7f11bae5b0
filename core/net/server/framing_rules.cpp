#include "core/net/server/framing_rules.h"

#include <algorithm>

namespace cerebral::net {
namespace {

bool allDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Refusal> checkTransferEncoding(const RequestHead& head) {
    const std::size_t count = head.headers.count("Transfer-Encoding");
    if (count == 0) return std::nullopt;
    if (head.headers.count("Content-Length") > 0) {
        return Refusal{400, "Content-Length and Transfer-Encoding exclude each other"};
    }
    if (head.version < 11) return Refusal{400, "Transfer-Encoding is not part of HTTP/1.0"};
    if (count > 1) return Refusal{400, "more than one Transfer-Encoding"};
    if (!equalsIgnoreCase(*head.headers.find("Transfer-Encoding"), "chunked")) {
        return Refusal{501, "the only supported Transfer-Encoding is chunked"};
    }
    return std::nullopt;
}

std::optional<Refusal> checkContentLength(const RequestHead& head) {
    const std::size_t count = head.headers.count("Content-Length");
    if (count > 1) return Refusal{400, "more than one Content-Length"};
    if (count == 1 && !allDigits(*head.headers.find("Content-Length"))) {
        return Refusal{400, "Content-Length is not a number"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> checkFraming(const RequestHead& head, std::size_t maxHeaderFields) {
    if (head.headers.fields().size() > maxHeaderFields) {
        return Refusal{431, "more than " + std::to_string(maxHeaderFields) + " header fields"};
    }
    if (!head.target.starts_with('/')) return Refusal{400, "the request target is not a path"};
    const std::size_t hosts = head.headers.count("Host");
    if (hosts > 1 || (hosts == 0 && head.version >= 11)) return Refusal{400, "exactly one Host field is required"};
    if (auto refusal = checkTransferEncoding(head)) return refusal;
    if (auto refusal = checkContentLength(head)) return refusal;

    const bool framed = head.headers.count("Content-Length") + head.headers.count("Transfer-Encoding") > 0;
    const bool carriesBody = head.method == "POST" || head.method == "PUT" || head.method == "PATCH";
    if (carriesBody && !framed) return Refusal{411, "Content-Length is required"};
    return std::nullopt;
}

}  // namespace cerebral::net
