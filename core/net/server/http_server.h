#pragma once
/// @file HttpServer: a strict HTTP/1.1 server (Boost.Beast parses inside one .cpp, nothing of it here).
///
/// Used by the receiver, its admin port and the demo cluster. It is strict where Beast is lenient:
/// see `framing_rules.h` for the nine rules and where each was found. Every input has a limit and
/// every phase an absolute deadline. All sockets live on one thread of the server's own; handlers run
/// on that thread and must not block. A `Responder` may be kept and used from any thread later.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/digest.h"
#include "core/base/log.h"
#include "core/base/result.h"
#include "core/net/http.h"

namespace cerebral::net {

struct ServerLimits {
    std::size_t maxHeaderBytes = 16U * 1024U;
    std::size_t maxHeaderFields = 100;
    std::size_t maxBodyBytes = 25U * 1024U * 1024U + 64U * 1024U;
    /// Bodies being read or held until their answer, summed over all connections (`body_budget.h`).
    /// A request that would exceed it waits (its bytes stay in the kernel) until its body deadline.
    /// At least maxBodyBytes.
    std::size_t maxBodyBytesInFlight = 52U * 1024U * 1024U;
    std::size_t maxConnections = 512;
    std::chrono::milliseconds headerDeadline{10'000};
    std::chrono::milliseconds bodyDeadline{20'000};
    std::chrono::milliseconds writeDeadline{20'000};
    std::chrono::milliseconds idleDeadline{60'000};
};

struct ServerTls {
    std::string certificatePem;
    std::string privateKeyPem;
    std::string clientCaPem;  ///< non-empty: client certificates are asked for and verified when given
};

struct ServerRequest {
    Method method = Method::Get;
    std::string methodText;
    std::string path;   ///< before '?', not decoded
    std::string query;  ///< after '?'
    Headers headers;
    std::string body;  ///< the untouched bytes
    /// Put here by `checkHeader`: fed with the body piece by piece as it arrives, so that a large one is
    /// authenticated while the network is waited for, and holds up nobody for long.
    std::vector<HmacSha256> bodyMacs;
    std::string peer;  ///< "127.0.0.1:54321"
    /// Subject CN of a verified client certificate (TLS with `clientCaPem`); empty otherwise.
    std::string clientCertificateName;
};

struct ServerResponse {
    int status = 200;
    Headers headers;
    std::string body;
    bool close = false;  ///< end the connection after this answer
};

/// Answers one request, once: either `send`, or `begin` + any number of `write` + `end`.
/// Copyable handle, thread-safe. Dropping the last copy unanswered sends 500.
class Responder {
public:
    class Impl;
    explicit Responder(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

    void send(ServerResponse response) const;
    /// Starts a chunked answer.
    void begin(ServerResponse head) const;
    /// Queues one chunk. Returns false when the peer is gone or has more than `queuedBytes` limit
    /// unread (the stream is then cut): the producer stops.
    bool write(std::string chunk) const;
    void end() const;
    /// Bytes written and not yet taken by the peer's connection: producers of much wait while it is large.
    [[nodiscard]] std::size_t queuedBytes() const;
    /// Cuts the connection without a proper end (fault injection, misbehaving peers).
    void abort() const;
    /// `onGone` runs on the server thread once when the peer disconnects before the answer is over.
    void onDisconnect(std::function<void()> onGone) const;
    [[nodiscard]] bool open() const;

private:
    std::shared_ptr<Impl> impl_;
};

struct ServerCallbacks {
    /// Optional. Runs when the header is complete, before any body byte is read or waited for:
    /// method, path and media type are refused here, `bodyMacs` are begun. Empty optional: go on.
    std::function<std::optional<ServerResponse>(ServerRequest&)> checkHeader;
    /// The complete request.
    std::function<void(ServerRequest, Responder)> onRequest;
    /// Optional. A connection was refused by the server itself (framing, limits, deadlines): for
    /// metrics and logs. Such connections get `status` and are closed.
    std::function<void(int status, std::string_view reason, std::string_view peer)> onRefused;
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: the kernel chooses, see `port()`
    ServerLimits limits;
    std::size_t maxQueuedBytesPerStream = 16U * 1024U * 1024U;
    std::optional<ServerTls> tls;
};

class HttpServer {
public:
    /// Binds and listens before it returns, so that errors ("port 3000 is in use") are the caller's.
    static Result<std::unique_ptr<HttpServer>> start(ServerOptions options, ServerCallbacks callbacks, Logger& log);
    /// Stops at once (cuts connections) unless `drain` ran before.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    /// Stops accepting, lets requests already begun finish with `Connection: close`, waits at most
    /// `grace`. Returns true when every request was answered. Thread-safe, blocks the caller.
    bool drain(std::chrono::milliseconds grace);
    /// Connections open now; bytes of bodies held now.
    [[nodiscard]] std::size_t connections() const noexcept;
    [[nodiscard]] std::size_t bodyBytesInFlight() const noexcept;

private:
    class Impl;
    explicit HttpServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace cerebral::net
