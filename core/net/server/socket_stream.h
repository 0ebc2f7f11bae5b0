#pragma once
/// @file SocketStream: one accepted TCP connection, plain or TLS behind the same four calls.
/// Server-internal: includes Asio, to be included by the server's own .cpp files only.

#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/net/server/http_server.h"

namespace cerebral::net {

namespace asio = boost::asio;
using SocketError = boost::system::error_code;

class SocketStream {
public:
    using IoHandler = std::function<void(SocketError, std::size_t)>;

    /// `tls` null: plain.
    SocketStream(asio::ip::tcp::socket socket, asio::ssl::context* tls);
    SocketStream(const SocketStream&) = delete;  // the TLS half refers to the socket half
    SocketStream& operator=(const SocketStream&) = delete;
    ~SocketStream() = default;

    void handshake(std::function<void(SocketError)> done);
    [[nodiscard]] bool encrypted() const noexcept { return tls_.has_value(); }
    void readSome(char* data, std::size_t size, IoHandler done);
    void write(const std::vector<asio::const_buffer>& buffers, IoHandler done);
    /// Ends pending operations; the socket stays usable.
    void cancel();
    void shutdownSend();
    void close();

    [[nodiscard]] std::string peer() const;
    [[nodiscard]] std::string clientCertificateName();

private:
    asio::ip::tcp::socket socket_;
    std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
};

/// A context from PEM text; TLS 1.2 or later.
Result<std::unique_ptr<asio::ssl::context>> makeTlsContext(const ServerTls& options);

}  // namespace cerebral::net
