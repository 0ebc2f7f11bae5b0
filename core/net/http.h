#pragma once
/// @file HTTP values shared by the client and the server side (RFC 9110).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cerebral::net {

enum class Method : std::uint8_t { Get, Head, Post, Put, Patch, Delete, Options, Other };

const char* toString(Method method) noexcept;

/// Field names compare case-insensitively; order and repetition are kept.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    /// Replaces every field of that name.
    void set(std::string_view name, std::string value);
    /// The first field of that name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& fields() const noexcept { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// Case-insensitive comparison of ASCII, as field names and media types need it.
[[nodiscard]] bool equalsIgnoreCase(std::string_view left, std::string_view right) noexcept;
/// "application/json" out of "Application/JSON; charset=utf-8": trimmed, lower case, no parameters.
[[nodiscard]] std::string mediaType(std::string_view contentType);

}  // namespace cerebral::net
