#pragma once
/// @file ClusterBridge: the one place where the threads of core meet the GUI thread.
///
/// `post…` may be called from any thread at any rate. Changes are merged by uid and cross over as
/// one queued call at a time, at most one each 50 ms; signals are emitted on the thread the bridge
/// lives on. Whoever posts must have stopped before the bridge is destroyed.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <atomic>
#include <chrono>

#include "core/tekton/pipeline_run.h"
#include "ui/bridge/change_funnel.h"

namespace cerebral::ui {

using RunChanges = kube::Changes<tekton::PipelineRun>;

class ClusterBridge : public QObject {
    Q_OBJECT
public:
    explicit ClusterBridge(std::chrono::milliseconds interval = std::chrono::milliseconds(50),
                           QObject* parent = nullptr);

    // ---- any thread ----
    void post(const RunChanges& changes);
    /// A reflector changed its phase; readers ask for the states themselves.
    void postSyncChange();

    /// Queued calls so far; tests count crossings.
    [[nodiscard]] int crossings() const noexcept { return crossings_; }

signals:
    void runsChanged(const cerebral::ui::RunChanges& changes);
    void syncChanged();

private:
    void request();
    void arrive();
    void flush();

    ChangeFunnel<tekton::PipelineRun> runs_;
    std::atomic<bool> syncDirty_{false};
    std::atomic<bool> queued_{false};
    std::chrono::milliseconds interval_;
    QElapsedTimer sinceFlush_;
    QTimer rest_;
    int crossings_ = 0;
};

}  // namespace cerebral::ui
