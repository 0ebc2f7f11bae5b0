#include "core/net/server/http_server.h"

#include <fcntl.h>

#include <cassert>
#include <future>
#include <thread>
#include <unordered_map>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "core/net/server/connection.h"

namespace cerebral::net {

using asio::ip::tcp;

namespace {

/// Asio's sockets survive exec: a child process of the program would keep the port, or a connection, open.
void keepFromChildren(int descriptor) {
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

}  // namespace

class HttpServer::Impl {
public:
    Impl(ServerOptions options, ServerCallbacks callbacks, Logger& log, std::unique_ptr<asio::ssl::context> tls)
        : context_(std::make_shared<asio::io_context>(1)),
          work_(context_->get_executor()),
          acceptor_(*context_),
          acceptRetry_(*context_),
          log_(log),
          tls_(std::move(tls)),
          host_{context_, std::move(options), std::move(callbacks), budgetFor(options.limits), false, {}} {
        host_.onClosed = [this](std::uint64_t id) { onClosed(id); };
    }
    ~Impl() {
        asio::post(*context_, [this] {
            stopAccepting();
            closeAll();
        });
        work_.reset();
        if (thread_.joinable()) thread_.join();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    Result<void> listen() {
        SocketError error;
        const auto address = asio::ip::make_address(host_.options.address, error);
        if (error) return fail(ErrorKind::Config, "not an IP address to listen on: " + host_.options.address);
        const tcp::endpoint endpoint(address, host_.options.port);
        acceptor_.open(endpoint.protocol(), error);
        if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor_.bind(endpoint, error);
        if (!error) acceptor_.listen(1024, error);
        if (error) {
            return fail(ErrorKind::Io, "cannot listen on " + host_.options.address + ":" +
                                           std::to_string(host_.options.port) + ": " + error.message());
        }
        keepFromChildren(acceptor_.native_handle());
        port_ = acceptor_.local_endpoint(error).port();
        accept();
        thread_ = std::jthread([this] { run(); });
        return {};
    }

    bool drain(std::chrono::milliseconds grace) {
        assert(std::this_thread::get_id() != thread_.get_id());
        auto drained = std::make_shared<std::promise<void>>();
        auto done = drained->get_future();
        asio::post(*context_, [this, drained] {
            host_.draining = true;
            stopAccepting();
            drained_ = drained;
            for (const auto& connection : snapshot()) connection->drain();
            if (connections_.empty()) signalDrained();
        });
        if (done.wait_for(grace) == std::future_status::ready) return true;
        asio::post(*context_, [this] { closeAll(); });
        return false;
    }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] std::size_t connections() const noexcept { return count_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::size_t bodyBytes() const noexcept { return host_.budget.used(); }

private:
    static BodyBudget budgetFor(const ServerLimits& limits) {
        return {std::max(limits.maxBodyBytesInFlight, limits.maxBodyBytes), limits.maxBodyBytes};
    }

    void run() {
        for (;;) {
            try {
                context_->run();
                return;
            } catch (const std::exception& e) {
                // A handler threw: its request is answered 500 by its Responder, the server goes on.
                log_.error("http handler failed", {{"error", e.what()}});
            }
        }
    }

    void accept() {
        accepting_ = true;
        acceptor_.async_accept([this](SocketError error, tcp::socket socket) {
            accepting_ = false;
            if (!acceptor_.is_open()) return;
            if (error) return retryAccept(error);
            keepFromChildren(socket.native_handle());
            add(std::move(socket));
            acceptIfRoom();
        });
    }

    /// Mostly EMFILE: waiting a moment beats spinning.
    void retryAccept(SocketError error) {
        log_.warn("accept failed", {{"error", error.message()}});
        acceptRetry_.expires_after(std::chrono::milliseconds(100));
        acceptRetry_.async_wait([this](SocketError cancelled) {
            if (!cancelled && acceptor_.is_open()) acceptIfRoom();
        });
    }

    void acceptIfRoom() {
        if (accepting_ || !acceptor_.is_open()) return;
        if (connections_.size() >= host_.options.limits.maxConnections) {
            // An idle keep-alive connection gives way to a new client; otherwise clients wait in the backlog.
            for (const auto& [id, connection] : connections_) {
                if (connection->spare()) return connection->close();
            }
            return;
        }
        accept();
    }

    void add(tcp::socket socket) {
        const std::uint64_t id = ++lastId_;
        auto connection = std::make_shared<Connection>(host_, id, std::move(socket), tls_.get());
        connections_.emplace(id, connection);
        count_.store(connections_.size(), std::memory_order_relaxed);
        connection->start();
    }

    void onClosed(std::uint64_t id) {
        connections_.erase(id);
        count_.store(connections_.size(), std::memory_order_relaxed);
        if (host_.draining && connections_.empty()) signalDrained();
        acceptIfRoom();
    }

    void signalDrained() {
        if (drained_) std::exchange(drained_, nullptr)->set_value();
    }

    void stopAccepting() {
        SocketError ignored;
        acceptor_.close(ignored);
        acceptRetry_.cancel();
    }

    [[nodiscard]] std::vector<std::shared_ptr<Connection>> snapshot() const {
        std::vector<std::shared_ptr<Connection>> all;
        all.reserve(connections_.size());
        for (const auto& [id, connection] : connections_) all.push_back(connection);
        return all;
    }
    void closeAll() {
        for (const auto& connection : snapshot()) connection->close();
    }

    std::shared_ptr<asio::io_context> context_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    tcp::acceptor acceptor_;
    asio::steady_timer acceptRetry_;
    Logger& log_;
    std::unique_ptr<asio::ssl::context> tls_;
    ConnectionHost host_;
    std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_;
    std::uint64_t lastId_ = 0;
    bool accepting_ = false;
    std::shared_ptr<std::promise<void>> drained_;
    std::atomic<std::size_t> count_ = 0;
    std::uint16_t port_ = 0;
    std::jthread thread_;
};

Result<std::unique_ptr<HttpServer>> HttpServer::start(ServerOptions options, ServerCallbacks callbacks, Logger& log) {
    std::unique_ptr<asio::ssl::context> tls;
    if (options.tls) {
        auto made = makeTlsContext(*options.tls);
        if (!made) return fail(made.error());
        tls = std::move(*made);
    }
    auto impl = std::make_unique<Impl>(std::move(options), std::move(callbacks), log, std::move(tls));
    if (auto listening = impl->listen(); !listening) return fail(listening.error());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const noexcept {
    return impl_->port();
}
bool HttpServer::drain(std::chrono::milliseconds grace) {
    return impl_->drain(grace);
}
std::size_t HttpServer::connections() const noexcept {
    return impl_->connections();
}
std::size_t HttpServer::bodyBytesInFlight() const noexcept {
    return impl_->bodyBytes();
}

}  // namespace cerebral::net
