#pragma once
/// @file RunActions: what may be done to runs, each call off the GUI thread, its answer on it.
///
/// Rights are asked of the API server (SelfSubjectAccessReview) and remembered. A right that could not be
/// asked counts as granted: the call itself then says why not. GUI thread.
///
/// What is begun returns a stop_source: `request_stop` gives up waiting; the answer comes nevertheless and says
/// Cancelled. Whether the server did it by then is not known.

#include <QObject>
#include <QString>
#include <array>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/rebuild/rebuild_client.h"
#include "ui/bridge/background.h"
#include "ui/bridge/run_services.h"

namespace cerebral::ui {

struct RunRef {
    std::string ns;
    std::string name;
};

struct BatchOutcome {
    std::size_t done = 0;  ///< the server agreed to
    std::size_t all = 0;
    std::optional<Error> firstError;
};

class RunActions : public QObject {
    Q_OBJECT
public:
    enum class Right : std::uint8_t { Rebuild, Cancel, Delete };
    static constexpr std::size_t kRights = 3;
    using Progress = std::function<void(std::size_t tried)>;
    using Finished = std::function<void(const BatchOutcome&)>;

    /// `services` must outlive this.
    RunActions(RunServices& services, rebuild::Receiver receiver, QObject* parent = nullptr);

    void checkRights();
    /// Another cluster or namespace: what is under way is dropped, rights are unknown until `checkRights`.
    void leave(rebuild::Receiver receiver);
    /// Calls are under way.
    [[nodiscard]] bool busy() const { return background_.busy(); }
    /// "needs create on serviceaccounts/token in tekton-pipelines"; empty: allowed.
    [[nodiscard]] QString refusal(Right right) const { return refusals_[static_cast<std::size_t>(right)]; }
    void setReceiverUrl(const QString& url) { receiver_.url = url.toStdString(); }
    [[nodiscard]] const rebuild::Receiver& receiver() const noexcept { return receiver_; }

    std::stop_source rebuild(rebuild::Order order, std::function<void(Result<rebuild::Receipt>)> done);
    /// One after the other. `withFinally`: the pipeline's finally tasks still run.
    std::stop_source cancel(std::vector<RunRef> runs, bool withFinally, Progress progress, Finished finished);
    std::stop_source remove(std::vector<RunRef> runs, Progress progress, Finished finished);

signals:
    void rightsChanged();

private:
    using OneRun = std::function<Result<void>(const RunRef&, const std::stop_token&)>;
    [[nodiscard]] kube::Right rightFor(Right right) const;
    void ask(Right right);
    std::stop_source each(std::vector<RunRef> runs, OneRun act, Progress progress, Finished finished);

    RunServices& services_;
    rebuild::Receiver receiver_;
    std::array<QString, kRights> refusals_;
    Background background_;  ///< last: its calls use the rest
};

}  // namespace cerebral::ui
