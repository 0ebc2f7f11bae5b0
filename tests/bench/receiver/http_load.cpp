#include "tests/bench/receiver/http_load.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <vector>

#include "tests/support/raw_client.h"

namespace cerebral::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// One connection with one request under way.
struct Lane {
    test::RawClient client;
    std::size_t sent = 0;
    std::size_t received = 0;
};

class Load {
public:
    Load(const std::string& request, std::size_t answerBytes) : request_(request), answerBytes_(answerBytes) {}

    void add(std::uint16_t port) {
        lanes_.push_back({test::RawClient(port)});
        polled_.push_back({lanes_.back().client.descriptor(), POLLIN, 0});
    }

    /// False when a connection broke.
    bool run(Clock::time_point until) {
        for (std::size_t i = 0; i < lanes_.size(); ++i) {
            if (!push(i)) return false;
        }
        while (Clock::now() < until) {
            if (::poll(polled_.data(), polled_.size(), 2'000) <= 0) return false;
            for (std::size_t i = 0; i < lanes_.size(); ++i) {
                const short events = polled_[i].revents;
                if ((events & POLLIN) != 0 && !pull(i)) return false;
                if ((events & POLLOUT) != 0 && !push(i)) return false;
                if ((events & (POLLERR | POLLHUP | POLLNVAL)) != 0) return false;
            }
        }
        return true;
    }

    [[nodiscard]] std::uint64_t answered() const noexcept { return answered_; }

private:
    bool push(std::size_t i) {
        Lane& lane = lanes_[i];
        const ssize_t count = ::send(polled_[i].fd, request_.data() + lane.sent, request_.size() - lane.sent,
                                     MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && errno != EAGAIN) return false;
        if (count > 0) lane.sent += static_cast<std::size_t>(count);
        polled_[i].events = lane.sent < request_.size() ? short(POLLIN | POLLOUT) : short(POLLIN);
        return true;
    }
    bool pull(std::size_t i) {
        Lane& lane = lanes_[i];
        const ssize_t count = ::recv(polled_[i].fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (count <= 0) return count < 0 && errno == EAGAIN;
        lane.received += static_cast<std::size_t>(count);
        if (lane.received < answerBytes_) return true;
        ++answered_;
        lane.received = lane.sent = 0;
        return push(i);
    }

    const std::string& request_;
    const std::size_t answerBytes_;
    std::uint64_t answered_ = 0;
    std::vector<Lane> lanes_;
    std::vector<pollfd> polled_;
    std::array<char, 16384> buffer_{};
};

}  // namespace

double requestsPerSecond(std::uint16_t port, const std::string& request, int expectedStatus, std::size_t connections,
                         std::chrono::milliseconds duration) {
    test::RawClient first(port);
    if (!first.connected() || !first.send(request)) return 0;
    const std::string answer = first.readResponse();
    if (test::RawClient::status(answer) != expectedStatus) return 0;

    Load load(request, answer.size());
    for (std::size_t i = 0; i < connections; ++i) load.add(port);
    const auto from = Clock::now();
    if (!load.run(from + duration)) return 0;
    const std::chrono::duration<double> took = Clock::now() - from;
    return static_cast<double>(load.answered()) / took.count();
}

}  // namespace cerebral::bench
