#pragma once
/// @file CurlTransport: HttpTransport over one libcurl multi handle on one I/O thread.
///
/// Requests may come from any thread; they are queued and the thread is woken (curl_multi_wakeup, the
/// only libcurl call allowed from elsewhere). Connections are reused across callers; HTTP/2 requests
/// to one server share a connection (PIPEWAIT). Redirects are not followed: a redirect could carry a
/// token to another host. Cancelling a stop_token ends the exchange within one wake-up.
///
/// A request on a reused connection that the server closed without answering a byte is sent once
/// more on a new one, POST included (libcurl's rule): what must happen once needs a name or id of
/// its own that the server recognises.

#include <memory>

#include "core/net/http_transport.h"

namespace cerebral::net {

class CurlLoop;

class CurlTransport final : public HttpTransport {
public:
    CurlTransport();
    /// Ends every exchange with Cancelled and joins the thread.
    ~CurlTransport() override;
    CurlTransport(const CurlTransport&) = delete;
    CurlTransport& operator=(const CurlTransport&) = delete;

    Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override;
    Result<StreamEnd> stream(const HttpRequest& request, StreamHandler& handler, std::stop_token stop) override;

private:
    /// Shared with the calls under way, which outlast the destructor by an instant.
    std::shared_ptr<CurlLoop> loop_;
};

}  // namespace cerebral::net
