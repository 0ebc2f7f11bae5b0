#pragma once
/// @file An HttpRequest written as libcurl options.

#include <array>
#include <string>

#include "core/base/result.h"
#include "core/net/curl_handle.h"
#include "core/net/http_transport.h"

namespace cerebral::net {

/// The handle and what it points to. `easy` is destroyed first.
struct CurlRequest {
    CurlList headers;
    CurlList connectTo;
    std::string server;  ///< "https://host:port", for error texts
    CurlEasy easy;
};

/// `request` must outlive the result: bodies and keys are not copied. Callbacks are not set.
[[nodiscard]] Result<CurlRequest> makeCurlRequest(const HttpRequest& request);

}  // namespace cerebral::net
