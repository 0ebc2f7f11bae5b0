#pragma once
/// @file JSON text without a document, for the lines and answers that are written by the thousand (RFC 8259).

#include <string>
#include <string_view>

namespace cerebral {

/// Appends `text` as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD: text from
/// outside must neither break a line nor lose it.
void appendJsonString(std::string& to, std::string_view text);

}  // namespace cerebral
