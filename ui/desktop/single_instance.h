#pragma once
/// @file SingleInstance: one program for one user; a second start hands its link over and ends.
///
/// A lock file in the user's runtime folder decides who is first; the first listens on a local socket beside
/// it that only this user may open. What a start asks for is one line of JSON: the cluster it was told to show
/// and a link. The first takes it when the clusters agree, else the second is a program of its own.
/// Nothing but navigation can be asked for. GUI thread.
///
/// Lock and socket are the system's own: this is asked before the first window is shown. QLockFile waits for the
/// disk, QtNetwork brings a dozen libraries; either would take longer than everything else that is done until then.
/// The system also lets go of a lock whose process is gone, however it went.

#include <QObject>
#include <QString>

#include "core/base/descriptor.h"

class QSocketNotifier;

namespace cerebral::ui {

/// What a start was told.
struct StartRequest {
    QString kubeconfig;  ///< absolute; empty: not said, whatever the first one shows
    QString context;     ///< likewise
    QString link;        ///< empty: just come to the front
};

class SingleInstance : public QObject {
    Q_OBJECT
public:
    enum class Role : std::uint8_t {
        First,   ///< this one; it listens
        Handed,  ///< the first has taken the request: end
        Own,     ///< another cluster, or the first does not answer: go on alone
    };

    /// `folder`: where lock and socket lie; must exist and be the user's alone.
    explicit SingleInstance(const QString& folder, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// Blocks at most two seconds.
    [[nodiscard]] Role claim(const StartRequest& request);

    /// XDG_RUNTIME_DIR/cerebral-desk, made with mode 0700. Empty when there is none.
    [[nodiscard]] static QString userFolder();

signals:
    void requested(const QString& link);

private:
    class Caller;

    [[nodiscard]] bool lock();
    [[nodiscard]] bool listen();
    [[nodiscard]] Role ask(const StartRequest& request);
    void serve();
    [[nodiscard]] QByteArray answer(const QByteArray& said, QString& link) const;
    [[nodiscard]] bool takes(const StartRequest& request) const;

    QString socketPath_;
    QString lockPath_;
    Descriptor lock_;
    Descriptor listener_;
    QSocketNotifier* incoming_ = nullptr;  ///< a child, made by `listen`
    int callers_ = 0;
    StartRequest own_;
};

}  // namespace cerebral::ui
