#include "core/net/http.h"

#include <algorithm>

namespace cerebral::net {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

const char* toString(Method method) noexcept {
    switch (method) {
        case Method::Get:
            return "GET";
        case Method::Head:
            return "HEAD";
        case Method::Post:
            return "POST";
        case Method::Put:
            return "PUT";
        case Method::Patch:
            return "PATCH";
        case Method::Delete:
            return "DELETE";
        case Method::Options:
            return "OPTIONS";
        case Method::Other:
            return "OTHER";
    }
    return "OTHER";
}

void Headers::set(std::string_view name, std::string value) {
    const auto named = [&](const auto& field) { return equalsIgnoreCase(field.first, name); };
    fields_.erase(std::remove_if(fields_.begin(), fields_.end(), named), fields_.end());
    fields_.emplace_back(std::string(name), std::move(value));
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [key, value] : fields_) {
        if (equalsIgnoreCase(key, name)) return std::string_view(value);
    }
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        fields_.begin(), fields_.end(), [&](const auto& field) { return equalsIgnoreCase(field.first, name); }));
}

bool equalsIgnoreCase(std::string_view left, std::string_view right) noexcept {
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

std::string mediaType(std::string_view contentType) {
    constexpr std::string_view kBlank = " \t";
    std::string_view type = contentType.substr(0, contentType.find(';'));
    const auto first = type.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    type = type.substr(first, type.find_last_not_of(kBlank) - first + 1);
    std::string text(type);
    std::transform(text.begin(), text.end(), text.begin(), lower);
    return text;
}

}  // namespace cerebral::net
