#include "app/dashboard/cut_line.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <QByteArray>
#include <QSocketNotifier>
#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>
#include <utility>

namespace cerebral::dashboard {
namespace {

constexpr int kMostWaiting = 64;
constexpr std::size_t kBlock = 64 * 1024;

sockaddr_in loopback(quint16 port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr* plain(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

Descriptor openSocket() {
    return Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

bool later() {
    return errno == EAGAIN || errno == EINPROGRESS || errno == EINTR;
}

/// One way of a line: reads only what it could hand on before.
class Way {
public:
    Way(int from, int to, std::function<void()> ended)
        : from_(from),
          to_(to),
          readable_(from, QSocketNotifier::Read),
          writable_(to, QSocketNotifier::Write),
          ended_(std::move(ended)) {
        writable_.setEnabled(false);
        QObject::connect(&readable_, &QSocketNotifier::activated, &readable_, [this] { read(); });
        QObject::connect(&writable_, &QSocketNotifier::activated, &writable_, [this] { write(); });
    }

    void stop() {
        readable_.setEnabled(false);
        writable_.setEnabled(false);
    }

private:
    void read() {
        const ssize_t got = ::recv(from_, block_.data(), block_.size(), 0);
        if (got < 0 && later()) return;
        if (got <= 0) return ended_();
        held_ = QByteArray(block_.data(), static_cast<qsizetype>(got));
        write();
    }
    void write() {
        const ssize_t put = ::send(to_, held_.constData(), static_cast<std::size_t>(held_.size()), MSG_NOSIGNAL);
        if (put < 0 && !later()) return ended_();
        if (put > 0) held_.remove(0, static_cast<qsizetype>(put));
        readable_.setEnabled(held_.isEmpty());
        writable_.setEnabled(!held_.isEmpty());
    }

    int from_;
    int to_;
    QSocketNotifier readable_;
    QSocketNotifier writable_;
    std::function<void()> ended_;
    QByteArray held_;
    std::array<char, kBlock> block_{};
};

}  // namespace

class CutLine::Line {
public:
    /// Without `far` nothing is ever said.
    Line(Descriptor near, Descriptor far) : near_(std::move(near)), far_(std::move(far)) {
        if (far_.get() < 0) return;
        there_ = std::make_unique<Way>(near_.get(), far_.get(), [this] { close(); });
        back_ = std::make_unique<Way>(far_.get(), near_.get(), [this] { close(); });
    }
    [[nodiscard]] bool closed() const noexcept { return near_.get() < 0; }

private:
    void close() {
        there_->stop();
        back_->stop();
        near_ = {};
        far_ = {};
    }

    Descriptor near_;
    Descriptor far_;
    std::unique_ptr<Way> there_;
    std::unique_ptr<Way> back_;
};

CutLine::CutLine(quint16 target, QObject* parent) : QObject(parent), target_(target) {
    Descriptor listener = openSocket();
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener.get(), plain(address), size) != 0 || ::listen(listener.get(), kMostWaiting) != 0) return;
    if (::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) return;
    port_ = ntohs(address.sin_port);
    listener_ = std::move(listener);
    incoming_ = std::make_unique<QSocketNotifier>(listener_.get(), QSocketNotifier::Read);
    connect(incoming_.get(), &QSocketNotifier::activated, this, &CutLine::take);
}

CutLine::~CutLine() = default;

void CutLine::take() {
    std::erase_if(open_, [](const auto& line) { return line->closed(); });
    for (;;) {
        Descriptor near(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (near.get() < 0) return;
        Descriptor far;
        if (target_ != 0) {
            far = openSocket();
            const sockaddr_in address = loopback(target_);
            // Whether it could be reached is told by the first reading from it.
            if (::connect(far.get(), plain(address), sizeof address) != 0 && !later()) continue;
        }
        open_.push_back(std::make_unique<Line>(std::move(near), std::move(far)));
    }
}

void CutLine::cut() {
    incoming_.reset();
    listener_ = {};
    open_.clear();
}

}  // namespace cerebral::dashboard
