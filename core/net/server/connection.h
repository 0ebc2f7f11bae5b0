#pragma once
/// @file Connection: one client, from its first byte to its last. Server-internal.
///
/// Phases: Header → (early refusal | Body) → Handling → Answering → Header …, or → Lingering → closed.
/// At most one read is pending at any time. While a request is being handled that read notices a
/// client that leaves, and keeps what an impatient client pipelined.
/// Everything runs on the server's thread.

#include <deque>
#include <memory>

#include "core/net/server/body_budget.h"
#include "core/net/server/deadline.h"
#include "core/net/server/request_reader.h"
#include "core/net/server/socket_stream.h"

namespace cerebral::net {

/// What the connections of one server share. Outlives them all.
struct ConnectionHost {
    std::shared_ptr<asio::io_context> context;
    ServerOptions options;
    ServerCallbacks callbacks;
    BodyBudget budget;
    bool draining = false;
    std::function<void(std::uint64_t id)> onClosed;
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(ConnectionHost& host, std::uint64_t id, asio::ip::tcp::socket socket, asio::ssl::context* tls);

    void start();
    /// Cuts it now. Idempotent.
    void close();
    /// Closes when no request is under way; otherwise the next answer says `Connection: close`.
    void drain();
    [[nodiscard]] bool idle() const noexcept { return phase_ == Phase::Header && !begun_; }
    /// It has had an answer and asks for nothing now.
    [[nodiscard]] bool spare() const noexcept { return idle() && exchange_ > 0; }

    // From the Responder of the request numbered `exchange()`.
    [[nodiscard]] std::uint64_t exchange() const noexcept { return exchange_; }
    void answer(ServerResponse response);
    void beginStream(ServerResponse head);
    void streamBytes(std::string bytes);
    void endStream();
    void setOnGone(std::function<void()> onGone);

private:
    enum class Phase : std::uint8_t { Handshake, Header, Body, Handling, Streaming, Answering, Lingering, Closed };

    void read();
    void onRead(SocketError error, std::size_t count);
    void onEnd();
    void pump();
    void onHeader();
    void onComplete();
    void refuse(int status, std::string_view reason);

    void enqueue(std::string bytes, std::size_t counted = 0);
    void flush();
    void onWritten(SocketError error);
    void onAnswered();
    void send(ServerResponse response, bool close);
    void notifyGone();
    void linger();
    void nextRequest();

    void onDeadline();
    void makeRoom(std::size_t bytes);
    [[nodiscard]] std::string_view pending() const noexcept {
        return std::string_view(buffer_).substr(begin_, end_ - begin_);
    }

    ConnectionHost& host_;
    const std::uint64_t id_;
    SocketStream stream_;
    std::string peer_;
    std::string certificateName_;
    Phase phase_ = Phase::Handshake;

    RequestReader reader_;
    std::string buffer_;  ///< bytes read and not yet consumed: [begin_, end_)
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool reading_ = false;
    bool waitingForBudget_ = false;
    bool begun_ = false;      ///< a byte of the current request was seen
    bool peerEnded_ = false;  ///< the client will send nothing more
    std::size_t lingered_ = 0;
    BodyBudget::Share share_;

    struct Output {
        std::string bytes;
        std::size_t counted = 0;  ///< what the Responder counts as queued
    };
    std::deque<Output> out_;
    std::size_t writtenPieces_ = 0;  ///< the first pieces of out_ that the pending write covers
    bool writing_ = false;
    bool flushing_ = false;  ///< `flush` was posted
    bool answerComplete_ = false;
    bool closeAfter_ = false;
    bool chunked_ = false;
    bool bodyless_ = false;  ///< HEAD: the answer's body is counted, not sent
    bool keepAlive_ = false;
    bool unreadInput_ = false;  ///< answered before the request was read to its end

    std::uint64_t exchange_ = 0;
    std::weak_ptr<Responder::Impl> responder_;
    std::function<void()> onGone_;

    Deadline deadline_;  ///< of the phase: handshake, header, body, idle, lingering
    Deadline writeDeadline_;
};

}  // namespace cerebral::net
