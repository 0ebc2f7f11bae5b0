#include <utility>

#include <boost/asio/dispatch.hpp>

#include "core/net/server/connection.h"
#include "core/net/server/responder_impl.h"

namespace cerebral::net {

template <class Action>
void Responder::Impl::onServerThread(Action action) {
    asio::dispatch(*context_, [weak = connection_, exchange = exchange_, action = std::move(action)]() mutable {
        const auto connection = weak.lock();
        if (connection && connection->exchange() == exchange) action(*connection);
    });
}

bool Responder::Impl::advance(Stage from, Stage to) noexcept {
    return stage_.compare_exchange_strong(from, to);
}

Responder::Impl::~Impl() {
    if (advance(Stage::Unanswered, Stage::Over)) {
        onServerThread([](Connection& c) {
            c.answer(ServerResponse{500, Headers{{"Content-Type", "text/plain"}}, "no answer\n", false});
        });
    } else if (advance(Stage::Streaming, Stage::Over)) {
        onServerThread([](Connection& c) { c.close(); });
    }
}

void Responder::Impl::send(ServerResponse response) {
    if (!advance(Stage::Unanswered, Stage::Over)) return;
    onServerThread([r = std::move(response)](Connection& c) mutable { c.answer(std::move(r)); });
}

void Responder::Impl::begin(ServerResponse head) {
    if (!advance(Stage::Unanswered, Stage::Streaming)) return;
    onServerThread([r = std::move(head)](Connection& c) mutable { c.beginStream(std::move(r)); });
}

bool Responder::Impl::write(std::string bytes) {
    if (stage_.load() != Stage::Streaming || gone_.load()) return false;
    const std::size_t size = bytes.size();
    if (queued_.fetch_add(size) + size > maxQueued_) {
        abort();
        return false;
    }
    onServerThread([b = std::move(bytes)](Connection& c) mutable { c.streamBytes(std::move(b)); });
    return true;
}

void Responder::Impl::end() {
    if (!advance(Stage::Streaming, Stage::Over)) return;
    onServerThread([](Connection& c) { c.endStream(); });
}

void Responder::Impl::abort() {
    stage_.store(Stage::Over);
    onServerThread([](Connection& c) { c.close(); });
}

void Responder::Impl::onDisconnect(std::function<void()> onGone) {
    asio::dispatch(*context_, [weak = connection_, exchange = exchange_, onGone = std::move(onGone)]() mutable {
        const auto connection = weak.lock();
        if (!connection || connection->exchange() != exchange) return onGone();
        connection->setOnGone(std::move(onGone));
    });
}

void Responder::send(ServerResponse response) const {
    impl_->send(std::move(response));
}
void Responder::begin(ServerResponse head) const {
    impl_->begin(std::move(head));
}
bool Responder::write(std::string bytes) const {
    return impl_->write(std::move(bytes));
}
void Responder::end() const {
    impl_->end();
}
std::size_t Responder::queuedBytes() const {
    return impl_->queuedBytes();
}
void Responder::abort() const {
    impl_->abort();
}
void Responder::onDisconnect(std::function<void()> onGone) const {
    impl_->onDisconnect(std::move(onGone));
}
bool Responder::open() const {
    return impl_->open();
}

}  // namespace cerebral::net
