#include "ui/desktop/single_instance.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QStandardPaths>
#include <QTimer>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace cerebral::ui {
namespace {

constexpr int kAnswerMs = 2000;
constexpr int kRetryMs = 20;
constexpr int kIdleMs = 2000;
constexpr int kMostLine = 8192;
constexpr int kMostLink = 2048;
constexpr int kMostCallers = 8;
const QByteArray kTaken = QByteArrayLiteral("taken\n");
const QByteArray kOther = QByteArrayLiteral("other\n");

QByteArray line(const StartRequest& request) {
    const QJsonObject object{{QStringLiteral("kubeconfig"), request.kubeconfig},
                             {QStringLiteral("context"), request.context},
                             {QStringLiteral("link"), request.link}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// Empty when the path is too long for a socket.
std::optional<sockaddr_un> addressOf(const QString& path) {
    const QByteArray bytes = QFile::encodeName(path);
    sockaddr_un address{};
    if (bytes.size() >= static_cast<qsizetype>(sizeof address.sun_path)) return std::nullopt;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return address;
}

const sockaddr* plain(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

Descriptor openSocket() {
    return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

bool sendAll(int fd, const QByteArray& bytes) {
    // One line is less than what a socket holds.
    return ::send(fd, bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL) == bytes.size();
}

/// What there is, appended; false when the other side is gone.
bool receive(int fd, QByteArray& into) {
    std::array<char, 4096> block{};
    for (;;) {
        const ssize_t got = ::recv(fd, block.data(), block.size(), 0);
        if (got > 0) into.append(block.data(), static_cast<qsizetype>(got));
        if (into.size() >= kMostLine) return true;
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got < 0 && errno == EAGAIN;
    }
}

/// Empty when none came in this time.
QByteArray receiveLine(int fd, int mostMs) {
    QElapsedTimer since;
    since.start();
    QByteArray said;
    for (;;) {
        pollfd wait{fd, POLLIN, 0};
        const int left = mostMs - static_cast<int>(since.elapsed());
        if (left <= 0) return {};
        if (::poll(&wait, 1, left) < 0 && errno != EINTR) return {};
        const bool open = receive(fd, said);
        if (const qsizetype end = said.indexOf('\n'); end >= 0) return said.left(end + 1);
        if (!open || said.size() >= kMostLine) return {};
    }
}

}  // namespace

/// Another start that has connected, until its line was answered.
class SingleInstance::Caller : public QObject {
public:
    Caller(Descriptor socket, SingleInstance& first)
        : QObject(&first),
          socket_(std::move(socket)),
          readable_(socket_.get(), QSocketNotifier::Read),
          first_(first) {
        ++first_.callers_;
        connect(&readable_, &QSocketNotifier::activated, this, &Caller::read);
        // Whoever says nothing does not stay.
        QTimer::singleShot(kIdleMs, this, &Caller::leave);
    }
    ~Caller() override {
        --first_.callers_;
        readable_.setEnabled(false);
    }

private:
    void read() {
        const bool open = receive(socket_.get(), said_);
        const qsizetype end = said_.indexOf('\n');
        if (end >= 0) {
            QString link;
            const QByteArray answer = first_.answer(said_.left(end), link);
            const bool told = sendAll(socket_.get(), answer);
            leave();
            if (told && answer == kTaken) emit first_.requested(link);
        } else if (!open || said_.size() >= kMostLine) {
            leave();
        }
    }
    void leave() {
        readable_.setEnabled(false);
        socket_ = Descriptor();
        deleteLater();
    }

    Descriptor socket_;
    QSocketNotifier readable_;
    SingleInstance& first_;
    QByteArray said_;
};

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent),
      socketPath_(QDir(folder).filePath(QStringLiteral("socket"))),
      lockPath_(QDir(folder).filePath(QStringLiteral("lock"))) {}

SingleInstance::~SingleInstance() {
    if (incoming_ == nullptr) return;
    incoming_->setEnabled(false);
    QFile::remove(socketPath_);
    // They count themselves out of this.
    for (QObject* child : QObjectList(children())) delete child;
}

QString SingleInstance::userFolder() {
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (runtime.isEmpty()) return {};
    const QString folder = QDir(runtime).filePath(QStringLiteral("cerebral-desk"));
    constexpr auto kPrivate = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, kPrivate)) return {};
    return folder;
}

SingleInstance::Role SingleInstance::claim(const StartRequest& request) {
    own_ = request;
    if (lock()) return listen() ? Role::First : Role::Own;
    return ask(request);
}

bool SingleInstance::lock() {
    // The file stays: who removed it could take the name from a lock that another one holds by then.
    Descriptor file(
        ::open(QFile::encodeName(lockPath_).constData(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.get() < 0 || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return false;
    lock_ = std::move(file);
    return true;
}

bool SingleInstance::listen() {
    const auto address = addressOf(socketPath_);
    Descriptor listener = openSocket();
    if (!address || listener.get() < 0) return false;
    // Whoever left this socket behind is gone: the lock says so.
    QFile::remove(socketPath_);
    // Before it has a name, so that there is no moment in which others may open it.
    if (::fchmod(listener.get(), S_IRUSR | S_IWUSR) != 0) return false;
    if (::bind(listener.get(), plain(*address), sizeof *address) != 0) return false;
    if (::listen(listener.get(), kMostCallers) != 0) return false;
    listener_ = std::move(listener);
    incoming_ = new QSocketNotifier(listener_.get(), QSocketNotifier::Read, this);
    connect(incoming_, &QSocketNotifier::activated, this, &SingleInstance::serve);
    return true;
}

SingleInstance::Role SingleInstance::ask(const StartRequest& request) {
    QElapsedTimer since;
    since.start();
    const auto address = addressOf(socketPath_);
    while (address && since.elapsed() < kAnswerMs) {
        const Descriptor socket = openSocket();
        // The first may hold the lock and not listen yet: a refused connection is tried again.
        if (::connect(socket.get(), plain(*address), sizeof *address) != 0) {
            if (lock()) return listen() ? Role::First : Role::Own;  // it has ended meanwhile
            ::poll(nullptr, 0, kRetryMs);
            continue;
        }
        if (!sendAll(socket.get(), line(request))) return Role::Own;
        const int left = kAnswerMs - static_cast<int>(since.elapsed());
        return receiveLine(socket.get(), left) == kTaken ? Role::Handed : Role::Own;
    }
    return Role::Own;
}

bool SingleInstance::takes(const StartRequest& request) const {
    return (request.kubeconfig.isEmpty() || request.kubeconfig == own_.kubeconfig) &&
           (request.context.isEmpty() || request.context == own_.context) && request.link.size() <= kMostLink;
}

QByteArray SingleInstance::answer(const QByteArray& said, QString& link) const {
    const QJsonObject object = QJsonDocument::fromJson(said).object();
    const StartRequest request{object.value(QStringLiteral("kubeconfig")).toString(),
                               object.value(QStringLiteral("context")).toString(),
                               object.value(QStringLiteral("link")).toString()};
    link = request.link;
    return !object.isEmpty() && takes(request) ? kTaken : kOther;
}

void SingleInstance::serve() {
    // Who comes while so many are heard is turned away, and goes on alone.
    for (;;) {
        Descriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (socket.get() < 0) return;
        if (callers_ >= kMostCallers) continue;
        new Caller(std::move(socket), *this);  // goes by itself
    }
}

}  // namespace cerebral::ui
