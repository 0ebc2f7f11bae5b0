#pragma once
/// @file HistoryKeeper: hands to the history what the cluster will forget: finished runs with their tasks, and where
/// and how failed steps went wrong; and tells the runs what was kept of that.
///
/// Waits a moment after a run's end, so that its last TaskRun has arrived. Logs of failed steps are read one
/// at a time, of runs whose TaskRuns are at hand. GUI thread; reading and writing happen elsewhere.

#include <QObject>
#include <QSet>
#include <QTimer>
#include <deque>

#include "ui/bridge/background.h"
#include "ui/bridge/run_services.h"
#include "ui/models/cluster_objects.h"
#include "ui/models/run_set.h"

namespace cerebral::ui {

class HistoryKeeper : public QObject {
    Q_OBJECT
public:
    /// All must outlive the keeper. Does nothing before `begin`.
    HistoryKeeper(RunServices& services, RunSet& runs, const ClusterObjects& objects, QObject* parent = nullptr);
    ~HistoryKeeper() override;

    /// The history is open: keeps what is there and what comes. Nothing when `services` have none.
    void begin();

signals:
    /// The log of a failed step was kept.
    void failureKept(const QString& uid);

private:
    struct FailedStep {
        RunPtr run;
        std::string task, step, pod, container;
        std::optional<int> exitCode;
        std::string reason;
    };
    void note(const RunBatch& batch);
    void note(const RunRow& row);
    /// Another cluster.
    void forget();
    void work();
    void keep(const RunRow& row);
    void readNext();
    void askFailures();

    RunServices& services_;
    RunSet& runs_;
    const ClusterObjects& objects_;
    Background background_;
    QTimer later_;
    std::deque<QString> waiting_;
    QSet<QString> seen_;
    std::deque<FailedStep> failed_;
    std::vector<std::string> unexplained_;  ///< failed runs of which it is not known in which step
    bool reading_ = false;
};

}  // namespace cerebral::ui
