#pragma once
/// @file CutLine: a local port in front of a cluster whose line can be cut, for pictures of what then is seen.
///
/// Bytes pass both ways untouched. Without a target connections are taken and nothing is ever said.
/// GUI thread. The sockets are the system's own: QtNetwork would have to be loaded at every start, for a tour alone.

#include <QObject>
#include <memory>
#include <vector>

#include "core/base/descriptor.h"

class QSocketNotifier;

namespace cerebral::dashboard {

class CutLine : public QObject {
    Q_OBJECT
public:
    /// `target`: a port of this machine; 0: nobody answers.
    explicit CutLine(quint16 target, QObject* parent = nullptr);
    ~CutLine() override;

    /// 0 when it could not listen.
    [[nodiscard]] quint16 port() const noexcept { return port_; }
    /// Ends what is connected and refuses what comes.
    void cut();

private:
    class Line;

    void take();

    quint16 target_;
    quint16 port_ = 0;
    Descriptor listener_;
    std::unique_ptr<QSocketNotifier> incoming_;
    std::vector<std::unique_ptr<Line>> open_;
};

}  // namespace cerebral::dashboard
