#include "core/net/url.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/net/http.h"

namespace cerebral::net {
namespace {

constexpr int kHttpPort = 80;
constexpr int kHttpsPort = 443;

bool isAlphanumeric(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isUnreserved(char c) noexcept {
    return isAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

int hexValue(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

int defaultPort(std::string_view scheme) noexcept {
    return scheme == "https" ? kHttpsPort : kHttpPort;
}

tl::unexpected<Error> refuse(std::string_view text, const char* why) {
    constexpr std::size_t kShown = 200;
    // The start of a URL is shown to find it in a configuration; user info never is (it may be a password).
    const auto at = text.find('@');
    std::string shown(at == std::string_view::npos ? text.substr(0, kShown) : std::string_view("…"));
    for (char& c : shown) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    }
    return fail(ErrorKind::Malformed, "\"" + shown + "\" is not a usable URL: " + why);
}

/// What a request line can carry: no spaces, no controls, nothing outside ASCII.
bool isPrintableAscii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

bool isHostName(std::string_view host) noexcept {
    return !host.empty() && std::all_of(host.begin(), host.end(), isUnreserved);
}

bool isIpv6(std::string_view host) noexcept {
    return host.find(':') != std::string_view::npos &&
           std::all_of(host.begin(), host.end(), [](char c) { return hexValue(c) >= 0 || c == ':' || c == '.'; });
}

std::optional<int> parsePort(std::string_view text) noexcept {
    constexpr int kMaxPort = 65535;
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > kMaxPort) return std::nullopt;
    return port;
}

/// RFC 3986 section 5.2.4.
std::string removeDotSegments(std::string_view path) {
    std::vector<std::string_view> kept;
    const bool absolute = !path.empty() && path.front() == '/';
    bool endsInFolder = false;
    std::size_t begin = absolute ? 1 : 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view segment = path.substr(begin, end - begin);
        endsInFolder = segment == "." || segment == "..";
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (segment != ".") {
            kept.push_back(segment);
        }
        begin = end + 1;
    }
    std::string text;
    for (const std::string_view segment : kept) text.append("/").append(segment);
    if (endsInFolder) text += '/';
    return text;
}

}  // namespace

std::string percentEncode(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c)) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(c);
        encoded += '%';
        encoded += kDigits[byte >> 4U];
        encoded += kDigits[byte & 0x0FU];
    }
    return encoded;
}

std::string percentDecode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 && hexValue(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string buildQuery(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string query;
    for (const auto& [key, value] : pairs) {
        if (!query.empty()) query += '&';
        query.append(percentEncode(key)).append("=").append(percentEncode(value));
    }
    return query;
}

std::vector<std::pair<std::string, std::string>> parseQuery(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view();
        pairs.emplace_back(percentDecode(pair.substr(0, equals)), percentDecode(value));
    }
    return pairs;
}

Result<Url> Url::parse(std::string_view text) {
    if (!isPrintableAscii(text)) return refuse(text, "it contains a space, a control or a non-ASCII character");
    if (text.find('#') != std::string_view::npos) return refuse(text, "it has a fragment");

    Url url;
    const std::size_t schemeEnd = text.find("://");
    if (schemeEnd == std::string_view::npos) return refuse(text, "it does not begin with http:// or https://");
    const std::string_view scheme = text.substr(0, schemeEnd);
    if (equalsIgnoreCase(scheme, "https")) {
        url.scheme = "https";
    } else if (equalsIgnoreCase(scheme, "http")) {
        url.scheme = "http";
    } else {
        return refuse(text, "only http and https are spoken");
    }

    std::string_view rest = text.substr(schemeEnd + 3);
    const std::size_t authorityEnd = std::min(rest.find_first_of("/?"), rest.size());
    std::string_view authority = rest.substr(0, authorityEnd);
    rest.remove_prefix(authorityEnd);
    if (authority.find('@') != std::string_view::npos) return refuse(text, "it contains a user name");

    std::string_view host = authority;
    std::string_view port;
    bool hasPort = false;
    if (!authority.empty() && authority.front() == '[') {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos) return refuse(text, "the IPv6 address is not closed");
        host = authority.substr(1, close - 1);
        const std::string_view behind = authority.substr(close + 1);
        if (!isIpv6(host) || (!behind.empty() && behind.front() != ':')) return refuse(text, "bad IPv6 address");
        hasPort = !behind.empty();
        if (hasPort) port = behind.substr(1);
    } else {
        const std::size_t colon = authority.find(':');
        host = authority.substr(0, colon);
        hasPort = colon != std::string_view::npos;
        if (hasPort) port = authority.substr(colon + 1);
        if (!isHostName(host)) return refuse(text, "bad host name");
    }
    url.host = host;
    url.port = defaultPort(url.scheme);
    if (hasPort) {
        const auto number = parsePort(port);
        if (!number) return refuse(text, "bad port");
        url.port = *number;
    }
    const std::size_t question = std::min(rest.find('?'), rest.size());
    url.path = rest.substr(0, question);
    if (question < rest.size()) url.query = rest.substr(question + 1);
    return url;
}

std::string Url::authority() const {
    const bool ipv6 = host.find(':') != std::string::npos;
    return (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string Url::text() const {
    std::string text = scheme + "://" + authority();
    if (port == defaultPort(scheme)) text.resize(text.rfind(':'));
    text += path;
    if (!query.empty()) text.append("?").append(query);
    return text;
}

Result<Url> Url::resolve(std::string_view reference) const {
    // A reference is absolute when a scheme comes before any of "/?#".
    const std::size_t colon = reference.find(':');
    if (colon != std::string_view::npos && reference.find_first_of("/?#") > colon) return parse(reference);
    if (reference.starts_with("//")) return parse(scheme + ":" + std::string(reference));
    if (!isPrintableAscii(reference) || reference.find('#') != std::string_view::npos) {
        return refuse(reference, "bad relative reference");
    }

    Url target = *this;
    if (reference.empty()) return target;
    const std::size_t question = std::min(reference.find('?'), reference.size());
    const std::string_view referencePath = reference.substr(0, question);
    target.query = question < reference.size() ? reference.substr(question + 1) : std::string_view();
    if (referencePath.empty()) return target;
    if (referencePath.front() == '/') {
        target.path = removeDotSegments(referencePath);
    } else {
        const std::size_t folder = path.rfind('/');
        const std::string base = folder == std::string::npos ? "/" : path.substr(0, folder + 1);
        target.path = removeDotSegments(base + std::string(referencePath));
    }
    return target;
}

}  // namespace cerebral::net
