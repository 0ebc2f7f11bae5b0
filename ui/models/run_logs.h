#pragma once
/// @file RunLogs: the logs of one run, step by step, read when somebody looks at them.
///
/// A step's log comes from its pod; when the pod is gone, from the history. `whole` is the run in step
/// order with a heading for each step. GUI thread; reading happens elsewhere.

#include <QObject>
#include <map>
#include <memory>
#include <vector>

#include "ui/bridge/background.h"
#include "ui/bridge/log_feed.h"
#include "ui/bridge/run_services.h"
#include "ui/models/log_buffer.h"
#include "ui/models/run_detail.h"

namespace cerebral::ui {

struct StepLog {
    /// Asked: nothing was heard yet. Waiting: the container has not begun.
    enum class State : std::uint8_t { Asked, Waiting, Reading, Reconnecting, Ended };
    QString key;
    QString task;
    QString step;
    LogBuffer lines;
    State state = State::Asked;
    bool kept = false;             ///< out of the history: the pod is gone
    std::int64_t firstNumber = 1;  ///< of a tail that was kept
    QString problem;               ///< why there is nothing more; empty: nothing is wrong
    bool lost = false;             ///< neither the cluster nor the history has it
    QString refusal;               ///< the server's words where it may not be read
    [[nodiscard]] bool ended() const noexcept { return state == State::Ended; }
    /// Something is to be heard soon: a lost connection may stay lost.
    [[nodiscard]] bool coming() const noexcept { return !ended() && state != State::Reconnecting; }
    /// Why nothing was read, "not read yet: the connection is lost"; empty: nothing was written.
    [[nodiscard]] QString missing() const;
};

class RunLogs : public QObject {
    Q_OBJECT
public:
    explicit RunLogs(RunServices& services, QObject* parent = nullptr);
    ~RunLogs() override;

    /// Another run: everything is forgotten.
    void setRun(const QString& uid);
    void update(const RunDetail& run);

    /// Begins to read when it is not read yet. Stays valid until `setRun`. Null for a step without log.
    [[nodiscard]] const StepLog* open(const QString& key);
    [[nodiscard]] const StepLog* find(const QString& key) const;
    /// Of a step that is not among the run's: what the history has kept of it. Its key is that of the step's last
    /// try.
    [[nodiscard]] const StepLog& openKept(const QString& task, const QString& step);
    /// Reads every step, one after the other as they end.
    [[nodiscard]] const LogBuffer& openWhole();
    [[nodiscard]] const LogBuffer& whole() const noexcept { return *whole_; }
    [[nodiscard]] bool wholeComplete() const;

signals:
    void appended(const QString& key);
    void stateChanged(const QString& key);
    void wholeAppended();

private:
    struct Reader {
        StepLog log;
        std::unique_ptr<LogFeed> feed;
    };
    void start(Reader& reader, const StepDetail& step);
    void take(Reader& reader, const LogBatch& batch);
    void end(Reader& reader, const QString& problem, bool gone);
    /// `refusal`: why the cluster does not tell; empty: the pod is gone.
    void askHistory(const QString& key, const QString& refusal);
    void advanceWhole();

    RunServices& services_;
    Background background_;
    QString uid_;
    std::string ns_;
    std::vector<StepDetail> steps_;  ///< those with logs, in order
    std::map<QString, std::unique_ptr<Reader>> readers_;
    std::unique_ptr<LogBuffer> whole_ = std::make_unique<LogBuffer>();
    bool wholeWanted_ = false;
    std::size_t wholeStep_ = 0;   ///< the step being copied
    std::size_t wholeLines_ = 0;  ///< of it
    bool wholeHeaded_ = false;
};

}  // namespace cerebral::ui
