#pragma once
/// @file CurlExchange: one request on its way, shared by the thread that waits and the I/O thread.
///
/// The caller owns it and blocks in `wait()`; in between everything else belongs to the I/O thread.
/// It dies only after `wait()` returned, and nothing on the I/O thread touches it after `conclude`.

#include <array>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "core/net/curl_request.h"
#include "core/net/http_transport.h"

namespace cerebral::net {

class CurlExchange {
public:
    /// `handler` is called on the I/O thread, and then once `onOver`, if given, when nothing follows.
    CurlExchange(const HttpRequest& request, StreamHandler& handler, std::function<void()> onOver = {})
        : request_(request), handler_(handler), onOver_(std::move(onOver)) {}
    CurlExchange(const CurlExchange&) = delete;
    CurlExchange& operator=(const CurlExchange&) = delete;

    /// Caller's thread. What the handler threw is thrown here.
    Result<StreamEnd> wait();

    // I/O thread only.
    /// Builds the handle, ready for curl_multi_add_handle.
    Result<CURL*> prepare();
    [[nodiscard]] CURL* easy() const noexcept { return curl_.easy.get(); }
    /// When the stream counts as dead if no byte comes before; empty: not watched.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> silentAt() const;
    /// The transfer ended by itself. The handle must be out of the multi handle.
    void conclude(CURLcode code);
    /// We ended it.
    void conclude(Error error);
    [[nodiscard]] Error silenceError() const;

private:
    static std::size_t headerTrampoline(char* data, std::size_t size, std::size_t count, void* self) noexcept;
    static std::size_t dataTrampoline(char* data, std::size_t size, std::size_t count, void* self) noexcept;
    bool onHeaderLine(std::string_view line);
    bool onData(std::string_view chunk);
    bool deliverHead();
    void finish(Result<StreamEnd> result);

    const HttpRequest& request_;
    StreamHandler& handler_;
    std::function<void()> onOver_;

    CurlRequest curl_;
    std::array<char, CURL_ERROR_SIZE> errorText_{};
    HttpHead head_;
    std::size_t headerBytes_ = 0;
    bool headComplete_ = false;
    bool headTooLarge_ = false;
    bool stoppedByHandler_ = false;
    std::exception_ptr thrown_;
    std::chrono::steady_clock::time_point lastByte_;

    std::mutex mutex_;
    std::condition_variable done_;
    std::optional<Result<StreamEnd>> result_;  ///< guarded by mutex_
};

}  // namespace cerebral::net
