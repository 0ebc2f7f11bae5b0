#pragma once
/// @file RawClient: a TCP client that sends exactly the bytes it is told to, well formed or not.
/// Every wait has a deadline. Blocking; one thread.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace cerebral::test {

class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient& operator=(RawClient&&) = delete;

    [[nodiscard]] bool connected() const noexcept { return fd_ >= 0; }
    [[nodiscard]] int descriptor() const noexcept { return fd_; }
    /// False when the peer has closed or does not take the bytes within the deadline.
    bool send(std::string_view bytes, std::chrono::milliseconds deadline = std::chrono::seconds(20));
    /// Half-close: "I have said everything".
    void endSending();
    void close();

    /// One answer framed by Content-Length or chunks (returned de-chunked: head + body). Empty when the
    /// peer closed or the deadline passed before it was whole.
    std::string readResponse(std::chrono::milliseconds deadline = std::chrono::seconds(20));
    /// Until the text contains `needle`.
    std::string readUntil(std::string_view needle, std::chrono::milliseconds deadline = std::chrono::seconds(20));
    /// Until the peer closes; `closed()` says whether it did within the deadline.
    std::string readToEnd(std::chrono::milliseconds deadline = std::chrono::seconds(20));
    [[nodiscard]] bool closed() const noexcept { return closed_; }

    /// 200 out of "HTTP/1.1 200 OK…", 0 for anything else.
    static int status(std::string_view response);
    static std::string body(std::string_view response);

private:
    bool fill(std::chrono::steady_clock::time_point until);
    int fd_ = -1;
    bool closed_ = false;
    std::string buffer_;
};

}  // namespace cerebral::test
