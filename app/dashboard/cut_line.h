#pragma once
/// @file CutLine: a local port in front of a cluster whose line can be cut, for pictures of what then is seen.
///
/// Bytes pass both ways untouched. Without a target connections are taken and nothing is ever said.
/// GUI thread.

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <vector>

namespace cerebral::dashboard {

class CutLine : public QObject {
    Q_OBJECT
public:
    /// `target`: a port of this machine; 0: nobody answers.
    explicit CutLine(quint16 target, QObject* parent = nullptr);

    [[nodiscard]] quint16 port() const { return server_.serverPort(); }
    /// Ends what is connected and refuses what comes.
    void cut();

private:
    void take();

    quint16 target_;
    QTcpServer server_;
    std::vector<QPointer<QTcpSocket>> open_;
};

}  // namespace cerebral::dashboard
