#pragma once
/// @file RawServer: a server that says exactly the bytes a test scripts, well-formed or not.
///
/// It listens on 127.0.0.1 at a port of the kernel's choice. Each connection runs the script on a
/// thread of its own with blocking calls. The destructor cuts every connection and joins.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace cerebral::test {

struct RawServerTls {
    std::string certificatePem;
    std::string keyPem;
    std::string clientCaPem;  ///< non-empty: a client certificate of this authority is required
};

/// The server's end of one connection. Every call gives up once the server is being destroyed.
class RawConnection {
public:
    virtual ~RawConnection() = default;
    /// Header and body (by Content-Length) of the next request; empty when the peer closed.
    virtual std::string readRequest() = 0;
    /// False when the peer is gone.
    virtual bool write(std::string_view bytes) = 0;
    /// An answer of status 200 with Content-Length.
    bool answer(std::string_view body, std::string_view extraHeaders = {});
    /// Ends our direction only.
    virtual void halfClose() = 0;
    /// Closes with RST.
    virtual void reset() = 0;
    /// Blocks until the peer closes its direction or resets.
    virtual void waitForPeer() = 0;
    /// 0 for the first connection the server accepted.
    [[nodiscard]] virtual std::size_t index() const = 0;
    [[nodiscard]] virtual std::string serverNameIndication() const = 0;
    /// Subject common name of the client's certificate, empty without one.
    [[nodiscard]] virtual std::string clientCertificateName() const = 0;
};

class RawServer {
public:
    using Script = std::function<void(RawConnection&)>;

    explicit RawServer(Script script);
    RawServer(RawServerTls tls, Script script);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    /// "http://127.0.0.1:PORT" + path, https with TLS.
    [[nodiscard]] std::string url(std::string_view path = "/") const;
    /// Connections accepted so far.
    [[nodiscard]] std::size_t connections() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// A port on which nobody listens (just closed).
[[nodiscard]] std::uint16_t unusedPort();

}  // namespace cerebral::test
