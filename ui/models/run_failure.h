#pragma once
/// @file RunFailure: asks why the followed run failed, once its failed step's log has been read to the end, and again
/// when more is known. Answers come later, from the history and the cluster. GUI thread.

#include <QObject>
#include <optional>

#include "core/analysis/failure_card.h"
#include "ui/bridge/background.h"
#include "ui/bridge/run_history.h"
#include "ui/models/followed_run.h"
#include "ui/models/run_logs.h"

namespace cerebral::ui {

class RunFailure : public QObject {
    Q_OBJECT
public:
    /// `run` and `logs` are of the same run; all must outlive it.
    RunFailure(const FollowedRun& run, RunLogs& logs, RunServices& services, QObject* parent = nullptr);

    /// Nothing while the run is not red, or its log is still being read.
    void ask();
    /// Why steps and events may not be read, for people; empty: they may. Asks again when that has changed.
    void setUnread(const QString& steps, const QString& events);
    /// The history has learned something: asks again.
    void askAgain();
    /// Another run.
    void clear();
    [[nodiscard]] const std::optional<analysis::FailureCard>& card() const noexcept { return card_; }
    /// Of the step that is on the card, be it one that only the history knows; empty when the run failed without one.
    [[nodiscard]] const QString& stepKey() const noexcept { return key_; }
    /// Where the first error is in the log of that step, 0-based.
    [[nodiscard]] std::optional<std::size_t> errorLine() const;

signals:
    /// `first`: nothing was known before.
    void answered(bool first);

private:
    [[nodiscard]] FailureQuestion question() const;

    const FollowedRun& run_;
    RunLogs& logs_;
    RunServices& services_;
    Background background_;
    QString about_;  ///< what the last question was about
    QString key_;
    QString stepsProblem_;
    QString eventsProblem_;
    std::optional<analysis::FailureCard> card_;
};

}  // namespace cerebral::ui
