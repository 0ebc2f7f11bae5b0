#pragma once
/// @file RunActions: what may be done to runs, each call off the GUI thread, its answer on it.
///
/// Rights are asked of the API server (SelfSubjectAccessReview) and remembered. A right that could not be
/// asked counts as granted: the call itself then says why not. GUI thread.

#include <QObject>
#include <QString>
#include <array>
#include <functional>
#include <string>

#include "core/base/result.h"
#include "core/rebuild/rebuild_client.h"
#include "ui/bridge/background.h"
#include "ui/bridge/run_services.h"

namespace cerebral::ui {

class RunActions : public QObject {
    Q_OBJECT
public:
    enum class Right : std::uint8_t { Rebuild, Cancel, Delete };
    static constexpr std::size_t kRights = 3;

    /// `services` must outlive this.
    RunActions(RunServices& services, rebuild::Receiver receiver, QObject* parent = nullptr);

    void checkRights();
    /// "needs create on serviceaccounts/token in tekton-pipelines"; empty: allowed.
    [[nodiscard]] QString refusal(Right right) const { return refusals_[static_cast<std::size_t>(right)]; }
    void setReceiverUrl(const QString& url) { receiver_.url = url.toStdString(); }
    [[nodiscard]] const rebuild::Receiver& receiver() const noexcept { return receiver_; }

    void rebuild(rebuild::Order order, std::function<void(Result<rebuild::Receipt>)> done);
    /// `withFinally`: the pipeline's finally tasks still run.
    void cancel(std::string ns, std::string name, bool withFinally, std::function<void(Result<void>)> done);
    void remove(std::string ns, std::string name, std::function<void(Result<void>)> done);

signals:
    void rightsChanged();

private:
    [[nodiscard]] kube::Right rightFor(Right right) const;
    void ask(Right right);

    RunServices& services_;
    rebuild::Receiver receiver_;
    std::array<QString, kRights> refusals_;
    Background background_;  ///< last: its calls use the rest
};

}  // namespace cerebral::ui
