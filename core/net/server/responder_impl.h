#pragma once
/// @file Responder::Impl: the half of an answer that any thread may hold. Server-internal.
///
/// It owns the io_context with others, not the connection: a Responder kept after the server is gone
/// does nothing. Everything it asks for is posted to the server's thread.

#include <atomic>

#include "core/net/server/socket_stream.h"

namespace cerebral::net {

class Connection;

class Responder::Impl {
public:
    Impl(std::shared_ptr<asio::io_context> context, std::weak_ptr<Connection> connection, std::uint64_t exchange,
         std::size_t maxQueued)
        : context_(std::move(context)),
          connection_(std::move(connection)),
          exchange_(exchange),
          maxQueued_(maxQueued) {}
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void send(ServerResponse response);
    void begin(ServerResponse head);
    bool write(std::string bytes);
    void end();
    void abort();
    void onDisconnect(std::function<void()> onGone);
    [[nodiscard]] bool open() const noexcept { return stage_.load() != Stage::Over && !gone_.load(); }

    [[nodiscard]] std::size_t queuedBytes() const noexcept { return queued_.load(); }

    // Called on the server's thread.
    void markGone() noexcept { gone_.store(true); }
    void written(std::size_t bytes) noexcept { queued_.fetch_sub(bytes); }

private:
    enum class Stage : std::uint8_t { Unanswered, Streaming, Over };

    template <class Action>
    void onServerThread(Action action);
    bool advance(Stage from, Stage to) noexcept;

    std::shared_ptr<asio::io_context> context_;
    std::weak_ptr<Connection> connection_;
    std::uint64_t exchange_;
    std::size_t maxQueued_;
    std::atomic<Stage> stage_{Stage::Unanswered};
    std::atomic<bool> gone_{false};
    std::atomic<std::size_t> queued_{0};
};

}  // namespace cerebral::net
