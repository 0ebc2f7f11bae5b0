#include "tests/support/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <utility>

namespace cerebral::test {
namespace {

using Until = std::chrono::steady_clock::time_point;

int remaining(Until until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

std::string fieldOf(std::string_view head, std::string_view name) {
    std::string lower(head);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto at = lower.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) return {};
    const auto from = at + 4 + name.size();
    return lower.substr(from, lower.find("\r\n", from) - from);
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) close();
    const int on = 1;
    if (fd_ >= 0) ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

RawClient::~RawClient() {
    close();
}

RawClient::RawClient(RawClient&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), closed_(other.closed_), buffer_(std::move(other.buffer_)) {}

void RawClient::close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void RawClient::endSending() {
    ::shutdown(fd_, SHUT_WR);
}

bool RawClient::send(std::string_view bytes, std::chrono::milliseconds deadline) {
    const Until until = std::chrono::steady_clock::now() + deadline;
    while (!bytes.empty()) {
        pollfd poller{fd_, POLLOUT, 0};
        if (::poll(&poller, 1, remaining(until)) <= 0) return false;
        const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::fill(Until until) {
    pollfd poller{fd_, POLLIN, 0};
    if (closed_ || fd_ < 0 || ::poll(&poller, 1, remaining(until)) <= 0) return false;
    std::array<char, 65536> chunk{};
    const ssize_t got = ::recv(fd_, chunk.data(), chunk.size(), 0);
    if (got <= 0) {
        closed_ = true;
        return false;
    }
    buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    return true;
}

std::string RawClient::readUntil(std::string_view needle, std::chrono::milliseconds deadline) {
    const Until until = std::chrono::steady_clock::now() + deadline;
    std::size_t at = 0;
    while ((at = buffer_.find(needle)) == std::string::npos) {
        if (!fill(until)) return {};
    }
    std::string text = buffer_.substr(0, at + needle.size());
    buffer_.erase(0, at + needle.size());
    return text;
}

std::string RawClient::readToEnd(std::chrono::milliseconds deadline) {
    const Until until = std::chrono::steady_clock::now() + deadline;
    while (fill(until)) {
    }
    return std::exchange(buffer_, {});
}

std::string RawClient::readResponse(std::chrono::milliseconds deadline) {
    const Until until = std::chrono::steady_clock::now() + deadline;
    std::string head = readUntil("\r\n\r\n", deadline);
    if (head.empty() || status(head) == 204 || status(head) == 304 || status(head) == 100) return head;
    if (fieldOf(head, "transfer-encoding") == "chunked") {
        std::string body;
        for (;;) {
            const std::string line = readUntil("\r\n", std::chrono::milliseconds(remaining(until)));
            std::size_t size = 0;
            if (line.empty() || std::from_chars(line.data(), line.data() + line.size(), size, 16).ec != std::errc()) {
                return {};
            }
            while (buffer_.size() < size + 2) {
                if (!fill(until)) return {};
            }
            body += buffer_.substr(0, size);
            buffer_.erase(0, size + 2);
            if (size == 0) return head + body;
        }
    }
    const std::string length = fieldOf(head, "content-length");
    if (length.empty()) return head + readToEnd(std::chrono::milliseconds(remaining(until)));
    const std::size_t size = std::stoul(length);
    while (buffer_.size() < size) {
        if (!fill(until)) return {};
    }
    head += buffer_.substr(0, size);
    buffer_.erase(0, size);
    return head;
}

int RawClient::status(std::string_view response) {
    int value = 0;
    if (!response.starts_with("HTTP/1.1 ") || response.size() < 12) return 0;
    std::from_chars(response.data() + 9, response.data() + 12, value);
    return value;
}

std::string RawClient::body(std::string_view response) {
    const auto at = response.find("\r\n\r\n");
    return at == std::string_view::npos ? std::string() : std::string(response.substr(at + 4));
}

}  // namespace cerebral::test
