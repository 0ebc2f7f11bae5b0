#include "core/base/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cerebral {
namespace {

/// Needs no escape, and is UTF-8 by itself.
bool isPlain(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; });
}

}  // namespace

void appendJsonString(std::string& to, std::string_view text) {
    if (isPlain(text)) {
        to.append(1, '"').append(text).append(1, '"');
        return;
    }
    to += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace cerebral
