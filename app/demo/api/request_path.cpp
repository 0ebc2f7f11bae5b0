#include "app/demo/api/request_path.h"

#include <algorithm>
#include <charconv>

#include "core/net/url.h"

namespace cerebral::demo {

std::optional<RequestPath> parseRequestPath(std::string_view path) {
    std::vector<std::string_view> parts;
    std::vector<std::size_t> ends;  // where each part ends, for `rest`
    std::size_t start = 1;
    while (start < path.size()) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        if (end > start) {
            parts.push_back(path.substr(start, end - start));
            ends.push_back(end);
        }
        start = end + 1;
    }
    std::string_view group, version;
    std::size_t next = 0;
    if (parts.size() >= 3 && parts[0] == "api") {
        version = parts[1];
        next = 2;
    } else if (parts.size() >= 4 && parts[0] == "apis") {
        group = parts[1];
        version = parts[2];
        next = 3;
    } else {
        return std::nullopt;
    }
    RequestPath result;
    // "namespaces/x" and its own subresources are the namespace itself; anything else below it is inside.
    if (parts[next] == "namespaces" && parts.size() > next + 2 &&
        !(group.empty() && (parts[next + 2] == "status" || parts[next + 2] == "finalize"))) {
        result.ns = net::percentDecode(parts[next + 1]);
        next += 2;
    }
    result.kind = findKind(group, version, parts[next]);
    if (!result.kind) return std::nullopt;
    if (parts.size() > next + 1) result.name = net::percentDecode(parts[next + 1]);
    if (parts.size() > next + 2) {
        result.subresource = parts[next + 2];
        result.rest = path.substr(ends[next + 2]);
    }
    return result;
}

Query::Query(std::string_view text) {
    std::string plain;  // form encoding, as Go's url.Values writes it: '+' is a space
    for (const char c : text) {
        if (c == '+')
            plain += "%20";
        else
            plain += c;
    }
    pairs_ = net::parseQuery(plain);
}

std::string Query::get(std::string_view key) const {
    const auto it = std::ranges::find_if(pairs_, [&](const auto& pair) { return pair.first == key; });
    return it == pairs_.end() ? std::string() : it->second;
}

bool Query::has(std::string_view key) const {
    return std::ranges::any_of(pairs_, [&](const auto& pair) { return pair.first == key; });
}

bool Query::flag(std::string_view key) const {
    const std::string value = get(key);
    return value == "true" || value == "1";
}

std::optional<std::int64_t> Query::number(std::string_view key) const {
    const std::string value = get(key);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || error != std::errc() || end != value.data() + value.size()) return std::nullopt;
    return number;
}

}  // namespace cerebral::demo
