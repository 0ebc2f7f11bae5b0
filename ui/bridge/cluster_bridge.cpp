#include "ui/bridge/cluster_bridge.h"

namespace cerebral::ui {

ClusterBridge::ClusterBridge(std::chrono::milliseconds interval, QObject* parent)
    : QObject(parent), interval_(interval) {
    rest_.setSingleShot(true);
    rest_.setTimerType(Qt::PreciseTimer);
    connect(&rest_, &QTimer::timeout, this, &ClusterBridge::flush);
}

void ClusterBridge::post(const RunChanges& changes) {
    runs_.push(changes);
    request();
}

void ClusterBridge::postSyncChange() {
    syncDirty_ = true;
    request();
}

void ClusterBridge::request() {
    if (!queued_.exchange(true)) QMetaObject::invokeMethod(this, &ClusterBridge::arrive, Qt::QueuedConnection);
}

void ClusterBridge::arrive() {
    ++crossings_;
    const std::chrono::milliseconds elapsed(sinceFlush_.isValid() ? sinceFlush_.elapsed() : interval_.count());
    if (elapsed >= interval_) {
        flush();
    } else {
        rest_.start(interval_ - elapsed);
    }
}

void ClusterBridge::flush() {
    sinceFlush_.start();
    // Cleared before taking: what arrives from here on asks for a crossing of its own.
    queued_ = false;
    const RunChanges runs = runs_.take();
    if (!runs.empty()) emit runsChanged(runs);
    if (syncDirty_.exchange(false)) emit syncChanged();
}

}  // namespace cerebral::ui
