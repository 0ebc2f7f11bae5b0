#pragma once
/// @file What a failed libcurl transfer means to the rest of the program.

#include <curl/curl.h>

#include <string_view>

#include "core/base/result.h"

namespace cerebral::net {

/// @param detail the transfer's CURLOPT_ERRORBUFFER, may be empty
/// @param requestSent whether any byte of the request may have reached the other side: it decides
///        between Unreachable (safe to repeat anything) and ConnectionLost or Timeout (outcome unknown)
/// @param server "https://host:port", for the sentence people read
[[nodiscard]] Error curlError(CURLcode code, std::string_view detail, bool requestSent, std::string_view server);

}  // namespace cerebral::net
