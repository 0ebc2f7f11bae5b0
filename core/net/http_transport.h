#pragma once
/// @file HttpTransport: the client side of HTTP as the rest of core sees it.
///
/// Calls block the calling thread (reflectors, submitters and followers each own one), never the GUI
/// thread. One implementation speaks real HTTP (`CurlTransport`); tests put whole servers behind it.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/net/http.h"

namespace cerebral::net {

/// How a server is reached and proved. Shared by all requests to it; immutable.
struct TlsOptions {
    std::string caPem;          ///< empty: the system's store
    std::string clientCertPem;  ///< empty: no client certificate
    Secret clientKeyPem;
    std::string serverName;  ///< SNI and verification name when it differs from the URL's host
    bool insecureSkipVerify = false;
};

enum class HttpVersion : std::uint8_t {
    Http2,  ///< lists and watches: many streams on one connection
    Http1,  ///< logs: a slow reader holds the sender back without buffering here
};

struct HttpRequest {
    Method method = Method::Get;
    std::string url;
    Headers headers;
    std::string body;
    /// `Authorization: Bearer`, kept apart from headers so that no log or error can print it.
    Secret bearerToken;
    std::string basicUser;
    Secret basicPassword;
    std::shared_ptr<const TlsOptions> tls;
    std::string proxyUrl;  ///< empty: the environment's proxy settings
    HttpVersion version = HttpVersion::Http2;
    bool acceptGzip = false;  ///< on lists only: watches may come as many gzip members, which libcurl cannot read
    std::chrono::milliseconds connectTimeout{10'000};
    /// For the whole exchange; 0 means none (streams).
    std::chrono::milliseconds timeout{30'000};
    /// A stream without a byte for this long is dead (RST lost, laptop slept). 0 means not watched.
    std::chrono::seconds silenceTimeout{0};
    /// Answers larger than this fail with LimitExceeded. Not applied to streams' totals.
    std::size_t maxBody = 64U * 1024U * 1024U;
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;
};

struct HttpHead {
    int status = 0;
    Headers headers;
};

/// Receives one streamed answer. Called on the thread that waits in `stream()`, while the transport's own
/// goes on receiving a little ahead of it; what takes long holds the sender back, and with it other streams.
class StreamHandler {
public:
    virtual ~StreamHandler() = default;
    /// Once, before any data. Returning false ends the stream.
    virtual bool onHead(const HttpHead& head) = 0;
    /// Returning false ends the stream.
    virtual bool onData(std::string_view chunk) = 0;
};

enum class StreamEnd : std::uint8_t {
    Complete,          ///< the server ended the answer properly
    StoppedByHandler,  ///< onHead or onData returned false
};

class HttpTransport {
public:
    virtual ~HttpTransport() = default;
    /// An answer of any status is a value; only its absence is an Error.
    virtual Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) = 0;
    /// Blocks until the stream ended. Broken streams are Errors (ConnectionLost, Timeout, Cancelled…).
    virtual Result<StreamEnd> stream(const HttpRequest& request, StreamHandler& handler, std::stop_token stop) = 0;
};

}  // namespace cerebral::net
