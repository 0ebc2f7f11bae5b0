#include "app/dashboard/cut_line.h"

namespace cerebral::dashboard {

CutLine::CutLine(quint16 target, QObject* parent) : QObject(parent), target_(target) {
    connect(&server_, &QTcpServer::newConnection, this, &CutLine::take);
    server_.listen(QHostAddress::LocalHost);
}

void CutLine::take() {
    while (QTcpSocket* near = server_.nextPendingConnection()) {
        open_.emplace_back(near);
        connect(near, &QAbstractSocket::disconnected, near, &QObject::deleteLater);
        if (target_ == 0) continue;
        auto* far = new QTcpSocket(near);
        connect(near, &QIODevice::readyRead, far, [near, far] { far->write(near->readAll()); });
        connect(far, &QIODevice::readyRead, near, [near, far] { near->write(far->readAll()); });
        connect(far, &QAbstractSocket::disconnected, near, [near] { near->disconnectFromHost(); });
        connect(far, &QAbstractSocket::errorOccurred, near, [near] { near->disconnectFromHost(); });
        far->connectToHost(QHostAddress::LocalHost, target_);
    }
}

void CutLine::cut() {
    server_.close();
    for (const QPointer<QTcpSocket>& socket : open_) {
        if (socket) socket->abort();
    }
    open_.clear();
}

}  // namespace cerebral::dashboard
