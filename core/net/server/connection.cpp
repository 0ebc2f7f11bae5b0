#include "core/net/server/connection.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cstring>

#include "core/net/server/responder_impl.h"
#include "core/net/server/response_text.h"

namespace cerebral::net {
namespace {

constexpr std::size_t kHeaderRead = 8U * 1024U;
constexpr std::size_t kSmallBodyRead = 16U * 1024U;
constexpr std::size_t kLargeBodyRead = 64U * 1024U;
/// What a client may pipeline behind a request that is still being handled.
constexpr std::size_t kPipelineBytes = 16U * 1024U;
constexpr std::size_t kGatherPieces = 16;
/// After a refusal the rest of the request is read and dropped for a moment, so that a client that
/// sends before it listens gets its answer instead of a reset.
constexpr std::chrono::milliseconds kLingerTime{5'000};

}  // namespace

Connection::Connection(ConnectionHost& host, std::uint64_t id, asio::ip::tcp::socket socket, asio::ssl::context* tls)
    : host_(host),
      id_(id),
      stream_(std::move(socket), tls),
      peer_(stream_.peer()),
      reader_(host.options.limits),
      deadline_(*host.context),
      writeDeadline_(*host.context) {}

void Connection::start() {
    deadline_.setCallback(weak_from_this(), [this] { onDeadline(); });
    writeDeadline_.setCallback(weak_from_this(), [this] { close(); });
    deadline_.arm(host_.options.limits.headerDeadline);
    if (!stream_.encrypted()) {
        phase_ = Phase::Header;
        read();
        return;
    }
    stream_.handshake([self = shared_from_this()](SocketError error) {
        if (self->phase_ == Phase::Closed) return;
        if (error) return self->close();
        self->certificateName_ = self->stream_.clientCertificateName();
        self->phase_ = Phase::Header;
        self->read();
    });
}

void Connection::close() {
    if (phase_ == Phase::Closed) return;
    const auto self = shared_from_this();
    const bool unanswered = phase_ == Phase::Handling || phase_ == Phase::Streaming;
    phase_ = Phase::Closed;
    deadline_.cancel();
    writeDeadline_.cancel();
    stream_.close();
    host_.budget.release(id_, share_);
    if (unanswered) notifyGone();
    onGone_ = nullptr;
    host_.onClosed(id_);
}

void Connection::drain() {
    if (idle() || phase_ == Phase::Handshake || phase_ == Phase::Lingering) close();
}

// ---- reading ------------------------------------------------------------------------------------

void Connection::makeRoom(std::size_t bytes) {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (buffer_.size() < end_ + bytes) buffer_.resize(end_ + bytes);
}

void Connection::read() {
    if (reading_ || waitingForBudget_ || peerEnded_ || phase_ == Phase::Closed) return;
    std::size_t wanted = kHeaderRead;
    if (phase_ == Phase::Body) {
        wanted = reader_.bodyBytes() < kSmallBodyRead ? kSmallBodyRead : kLargeBodyRead;
        const bool granted = host_.budget.grow(id_, share_, reader_.bodyBytes() + wanted, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->waitingForBudget_ = false;
                self->read();
            }
        });
        if (!granted) {
            waitingForBudget_ = true;
            return;
        }
    } else if (phase_ == Phase::Lingering) {
        wanted = kLargeBodyRead;
        begin_ = end_ = 0;
    } else if (phase_ != Phase::Header && end_ - begin_ >= kPipelineBytes) {
        return;
    }
    makeRoom(wanted);
    reading_ = true;
    stream_.readSome(buffer_.data() + end_, wanted,
                     [self = shared_from_this()](SocketError error, std::size_t count) {
                         self->reading_ = false;
                         self->onRead(error, count);
                     });
}

void Connection::onRead(SocketError error, std::size_t count) {
    if (phase_ == Phase::Closed) return;
    if (error) {
        peerEnded_ = true;
        if (error != asio::error::eof) return close();
        return onEnd();
    }
    if (phase_ == Phase::Lingering) {
        lingered_ += count;
        if (lingered_ > host_.options.limits.maxBodyBytes) return close();
        return read();
    }
    end_ += count;
    if (phase_ == Phase::Header || phase_ == Phase::Body) {
        pump();
    } else {
        read();
    }
}

/// The client sends nothing more. It may still be listening for the answer to a whole request.
void Connection::onEnd() {
    switch (phase_) {
        case Phase::Handling:
            notifyGone();
            return;
        case Phase::Answering:
            closeAfter_ = true;
            return;
        default:
            close();
    }
}

void Connection::pump() {
    if (!begun_ && begin_ != end_) {
        begun_ = true;
        deadline_.arm(host_.options.limits.headerDeadline);
    }
    std::string_view input = pending();
    const auto step = reader_.feed(input);
    begin_ = end_ - input.size();
    switch (step) {
        case RequestReader::Step::NeedMore:
            return read();
        case RequestReader::Step::Header:
            return onHeader();
        case RequestReader::Step::Complete:
            return onComplete();
        case RequestReader::Step::Refused:
            return refuse(reader_.refusal().status, reader_.refusal().reason);
    }
}

void Connection::onHeader() {
    ServerRequest& request = reader_.request();
    request.peer = peer_;
    request.clientCertificateName = certificateName_;
    bodyless_ = request.method == Method::Head;
    keepAlive_ = reader_.http11() && reader_.keepAlive();
    phase_ = Phase::Body;
    deadline_.arm(host_.options.limits.bodyDeadline);
    if (host_.callbacks.checkHeader) {
        if (auto early = host_.callbacks.checkHeader(request)) {
            // A body is not read, so what follows it cannot be told from a next request.
            unreadInput_ = reader_.expectsBody();
            return send(std::move(*early), early->close || unreadInput_ || !keepAlive_ || host_.draining);
        }
    }
    if (reader_.expectsContinue() && pending().empty()) enqueue("HTTP/1.1 100 Continue\r\n\r\n");
    pump();
}

void Connection::onComplete() {
    deadline_.disarm();
    phase_ = Phase::Handling;
    const auto responder = std::make_shared<Responder::Impl>(host_.context, weak_from_this(), exchange_,
                                                             host_.options.maxQueuedBytesPerStream);
    responder_ = responder;
    ServerRequest request = reader_.take();
    read();
    host_.callbacks.onRequest(std::move(request), Responder(responder));
}

void Connection::refuse(int status, std::string_view reason) {
    if (host_.callbacks.onRefused) host_.callbacks.onRefused(status, reason, peer_);
    unreadInput_ = true;
    send(refusalResponse(status, reason), true);
}

// ---- answering ----------------------------------------------------------------------------------

void Connection::answer(ServerResponse response) {
    if (phase_ != Phase::Handling) return;
    const bool close = response.close || !keepAlive_ || host_.draining || peerEnded_;
    send(std::move(response), close);
}

void Connection::send(ServerResponse response, bool close) {
    deadline_.disarm();
    phase_ = Phase::Answering;
    closeAfter_ = close;
    answerComplete_ = true;
    std::string head = responseHead(response, BodyFraming::ContentLength, !close);
    const bool withBody = !bodyless_ && response.status != 204 && response.status != 304;
    // One piece for ordinary answers: one segment on the wire.
    if (withBody && response.body.size() <= kHeaderRead) {
        head += response.body;
        enqueue(std::move(head));
    } else {
        out_.push_back({std::move(head), 0});
        enqueue(withBody ? std::move(response.body) : std::string());
    }
}

void Connection::beginStream(ServerResponse head) {
    if (phase_ != Phase::Handling) return;
    if (peerEnded_) return close();
    phase_ = Phase::Streaming;
    chunked_ = reader_.http11();
    closeAfter_ = head.close || !keepAlive_;
    host_.budget.release(id_, share_);
    enqueue(responseHead(head, chunked_ ? BodyFraming::Chunked : BodyFraming::UntilClose, !closeAfter_));
    if (!head.body.empty()) streamBytes(std::move(head.body));
}

void Connection::streamBytes(std::string bytes) {
    if (phase_ != Phase::Streaming || bytes.empty()) return;
    const std::size_t counted = bytes.size();
    if (bodyless_) {
        if (const auto responder = responder_.lock()) responder->written(counted);
        return;
    }
    enqueue(chunked_ ? chunk(bytes) : std::move(bytes), counted);
}

void Connection::endStream() {
    if (phase_ != Phase::Streaming) return;
    phase_ = Phase::Answering;
    answerComplete_ = true;
    closeAfter_ = closeAfter_ || host_.draining;
    enqueue(chunked_ && !bodyless_ ? std::string(kLastChunk) : std::string());
}

void Connection::setOnGone(std::function<void()> onGone) {
    if (phase_ == Phase::Closed || peerEnded_) return onGone();
    onGone_ = std::move(onGone);
}

void Connection::notifyGone() {
    if (const auto responder = responder_.lock()) responder->markGone();
    if (const auto onGone = std::exchange(onGone_, nullptr)) onGone();
}

void Connection::enqueue(std::string bytes, std::size_t counted) {
    if (!bytes.empty()) out_.push_back({std::move(bytes), counted});
    if (flushing_) return;
    // After what else is ready on other connections: answers of one turn leave together, which wakes the peers
    // once, and pieces for one peer share a segment.
    flushing_ = true;
    asio::post(*host_.context, [self = shared_from_this()] {
        self->flushing_ = false;
        self->flush();
    });
}

void Connection::flush() {
    if (writing_ || phase_ == Phase::Closed) return;
    if (out_.empty()) {
        if (answerComplete_) onAnswered();
        return;
    }
    std::vector<asio::const_buffer> buffers;
    writtenPieces_ = std::min(out_.size(), kGatherPieces);
    buffers.reserve(writtenPieces_);
    for (std::size_t i = 0; i < writtenPieces_; ++i) buffers.emplace_back(asio::buffer(out_[i].bytes));
    writing_ = true;
    writeDeadline_.arm(host_.options.limits.writeDeadline);
    stream_.write(buffers, [self = shared_from_this()](SocketError error, std::size_t) {
        self->writing_ = false;
        self->onWritten(error);
    });
}

void Connection::onWritten(SocketError error) {
    if (phase_ == Phase::Closed) return;
    writeDeadline_.disarm();
    if (error) return close();
    const auto responder = responder_.lock();
    for (; writtenPieces_ > 0; --writtenPieces_) {
        if (responder) responder->written(out_.front().counted);
        out_.pop_front();
    }
    flush();
}

void Connection::onAnswered() {
    answerComplete_ = false;
    onGone_ = nullptr;
    host_.budget.release(id_, share_);
    if (!closeAfter_) return nextRequest();
    if (unreadInput_ && !peerEnded_) return linger();
    close();
}

void Connection::linger() {
    phase_ = Phase::Lingering;
    stream_.shutdownSend();
    deadline_.arm(kLingerTime);
    read();
}

void Connection::nextRequest() {
    ++exchange_;
    responder_.reset();
    reader_ = RequestReader(host_.options.limits);
    phase_ = Phase::Header;
    begun_ = false;
    if (begin_ == end_ && !reading_ && buffer_.size() > kHeaderRead) buffer_ = std::string();
    if (begin_ == end_) begin_ = end_ = reading_ ? end_ : 0;
    if (host_.draining && begin_ == end_) return close();
    deadline_.arm(host_.options.limits.idleDeadline);
    pump();
}

// ---- deadlines ----------------------------------------------------------------------------------

void Connection::onDeadline() {
    if (phase_ == Phase::Header && begun_) return refuse(408, "the header did not arrive in time");
    if (phase_ == Phase::Body) {
        return waitingForBudget_ ? refuse(503, "too many large bodies at once")
                                 : refuse(408, "the body did not arrive in time");
    }
    close();
}

}  // namespace cerebral::net
