#pragma once
/// @file Reading single values out of answers whose shape is not ours.

#include <nlohmann/json.hpp>
#include <string>

namespace cerebral::ctl {

/// The text at a JSON pointer (RFC 6901); empty when there is none.
[[nodiscard]] inline std::string textAt(const nlohmann::ordered_json& json, const char* pointer) {
    const nlohmann::ordered_json::json_pointer path(pointer);
    if (!json.contains(path)) return {};
    const auto& value = json.at(path);
    return value.is_string() ? value.get<std::string>() : std::string();
}

}  // namespace cerebral::ctl
