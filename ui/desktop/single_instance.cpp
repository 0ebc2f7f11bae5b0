#include "ui/desktop/single_instance.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QPointer>
#include <QStandardPaths>
#include <QTimer>
#include <memory>

namespace cerebral::ui {
namespace {

constexpr int kAnswerMs = 2000;
constexpr int kConnectMs = 200;
constexpr int kIdleMs = 2000;
constexpr qint64 kMostLine = 8192;
constexpr int kMostLink = 2048;
constexpr int kMostWaiting = 8;
const QByteArray kTaken = QByteArrayLiteral("taken\n");
const QByteArray kOther = QByteArrayLiteral("other\n");

QByteArray line(const StartRequest& request) {
    const QJsonObject object{{QStringLiteral("kubeconfig"), request.kubeconfig},
                             {QStringLiteral("context"), request.context},
                             {QStringLiteral("link"), request.link}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

}  // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent),
      socketPath_(QDir(folder).filePath(QStringLiteral("socket"))),
      lock_(QDir(folder).filePath(QStringLiteral("lock"))) {
    lock_.setStaleLockTime(0);  // held as long as its process lives, however long that is
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    server_.setMaxPendingConnections(kMostWaiting);
    connect(&server_, &QLocalServer::newConnection, this, &SingleInstance::serve);
}

SingleInstance::~SingleInstance() {
    server_.close();
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
    if (lock_.tryLock(0)) return listen() ? Role::First : Role::Own;
    return ask(request);
}

bool SingleInstance::listen() {
    // Whoever left this socket behind is gone: the lock says so.
    QLocalServer::removeServer(socketPath_);
    return server_.listen(socketPath_);
}

SingleInstance::Role SingleInstance::ask(const StartRequest& request) {
    QElapsedTimer since;
    since.start();
    QLocalSocket socket;
    while (since.elapsed() < kAnswerMs) {
        // The first may hold the lock and not listen yet: a refused connection is tried again.
        socket.connectToServer(socketPath_);
        if (!socket.waitForConnected(kConnectMs)) {
            if (lock_.tryLock(kConnectMs)) return listen() ? Role::First : Role::Own;  // it has ended meanwhile
            continue;
        }
        socket.write(line(request));
        socket.flush();
        while (!socket.canReadLine() && since.elapsed() < kAnswerMs) {
            if (!socket.waitForReadyRead(kConnectMs) && socket.state() != QLocalSocket::ConnectedState) break;
        }
        return socket.readLine() == kTaken ? Role::Handed : Role::Own;
    }
    return Role::Own;
}

bool SingleInstance::takes(const StartRequest& request) const {
    return (request.kubeconfig.isEmpty() || request.kubeconfig == own_.kubeconfig) &&
           (request.context.isEmpty() || request.context == own_.context) && request.link.size() <= kMostLink;
}

void SingleInstance::serve() {
    while (QLocalSocket* socket = server_.nextPendingConnection()) {
        socket->setParent(this);
        socket->setReadBufferSize(kMostLine);
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        // Whoever says nothing does not stay.
        QTimer::singleShot(kIdleMs, socket, [socket] { socket->abort(); });
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() >= kMostLine) socket->abort();
                return;
            }
            const QJsonObject said = QJsonDocument::fromJson(socket->readLine(kMostLine)).object();
            const StartRequest request{said.value(QStringLiteral("kubeconfig")).toString(),
                                       said.value(QStringLiteral("context")).toString(),
                                       said.value(QStringLiteral("link")).toString()};
            const bool ours = !said.isEmpty() && takes(request);
            socket->write(ours ? kTaken : kOther);
            socket->flush();
            socket->disconnectFromServer();
            if (ours) emit requested(request.link);
        });
    }
}

}  // namespace cerebral::ui
