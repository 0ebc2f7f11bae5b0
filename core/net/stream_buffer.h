#pragma once
/// @file StreamBuffer: carries a streamed answer from the I/O thread to the thread that asked for it.
///
/// So the I/O thread only receives and decrypts, for all streams, while each reader works on what has
/// arrived in a thread of its own. What waits is bounded: beyond it the I/O thread waits for the
/// reader, as it would if it called the handler itself.

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>

#include "core/net/http_transport.h"

namespace cerebral::net {

class StreamBuffer final : public StreamHandler {
public:
    // ---- I/O thread ----
    bool onHead(const HttpHead& head) override;
    bool onData(std::string_view chunk) override;
    /// The answer has ended, well or not; nothing follows.
    void close();

    // ---- reader's thread ----
    /// Hands on what arrives until `close`; false when `handler` refused. What it throws passes through.
    /// After either the I/O thread's chunks are refused. Several chunks that arrived meanwhile are handed on as one;
    /// a chunk that comes within milliseconds of the last waits for those after it.
    bool drain(StreamHandler& handler);

private:
    bool refuse();
    void gather(std::unique_lock<std::mutex>& lock);

    std::mutex mutex_;
    std::condition_variable arrival_;
    std::condition_variable room_;
    std::optional<HttpHead> head_;
    std::string waiting_;
    bool closed_ = false;
    bool refused_ = false;
    bool gathering_ = false;  ///< the reader is not to be woken for little
};

}  // namespace cerebral::net
