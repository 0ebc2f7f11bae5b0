#include "core/net/stream_buffer.h"

#include <chrono>
#include <utility>

namespace cerebral::net {
namespace {

constexpr std::size_t kMostWaiting = 1024U * 1024U;
/// A buffer that grew beyond it goes back while the stream is silent: many streams are, for minutes.
constexpr std::size_t kKeptWhileSilent = 128U * 1024U;
/// A server that makes its answer while it sends it does so object by object. To wake the reader for each takes more
/// time than to read them, so the next ones are gathered: until they are as many, or so long.
constexpr std::size_t kWorthWaking = 64U * 1024U;
constexpr std::chrono::milliseconds kGather{5};

}  // namespace

bool StreamBuffer::onHead(const HttpHead& head) {
    const std::lock_guard lock(mutex_);
    head_ = head;
    arrival_.notify_one();
    return !refused_;
}

bool StreamBuffer::onData(std::string_view chunk) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return refused_ || waiting_.size() < kMostWaiting; });
    if (refused_) return false;
    const bool first = waiting_.empty();
    waiting_.append(chunk);
    if (gathering_ ? waiting_.size() >= kWorthWaking : first) arrival_.notify_one();
    return true;
}

void StreamBuffer::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    arrival_.notify_one();
}

bool StreamBuffer::refuse() {
    {
        const std::lock_guard lock(mutex_);
        refused_ = true;
        waiting_ = {};
    }
    room_.notify_one();
    return false;
}

void StreamBuffer::gather(std::unique_lock<std::mutex>& lock) {
    gathering_ = true;
    arrival_.wait_for(lock, kGather, [this] { return closed_ || head_ || waiting_.size() >= kWorthWaking; });
    gathering_ = false;
}

bool StreamBuffer::drain(StreamHandler& handler) {
    std::string piece;
    bool little = false;  // came the last time
    try {
        for (;;) {
            std::optional<HttpHead> head;
            piece.clear();
            {
                std::unique_lock lock(mutex_);
                if (little) gather(lock);
                const auto something = [this] { return closed_ || head_ || !waiting_.empty(); };
                if (!something() && piece.capacity() > kKeptWhileSilent) piece = {};
                if (!something() && waiting_.capacity() > kKeptWhileSilent) waiting_ = {};
                arrival_.wait(lock, something);
                head = std::exchange(head_, std::nullopt);
                std::swap(piece, waiting_);
                if (!head && piece.empty()) return true;
            }
            room_.notify_one();
            if (head && !handler.onHead(*head)) return refuse();
            if (!piece.empty() && !handler.onData(piece)) return refuse();
            little = !piece.empty() && piece.size() < kWorthWaking;
        }
    } catch (...) {
        refuse();
        throw;
    }
}

}  // namespace cerebral::net
