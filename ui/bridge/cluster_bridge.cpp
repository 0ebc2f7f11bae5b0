#include "ui/bridge/cluster_bridge.h"

#include <algorithm>

namespace cerebral::ui {
namespace {

/// New runs a second, of which only a first list brings as many.
constexpr std::int64_t kRateOfAList = 500;
constexpr int kLongestPause = 4;

bool areOfAList(std::size_t added, std::chrono::milliseconds within) {
    return static_cast<std::int64_t>(added) * 1000 >= kRateOfAList * std::max<std::int64_t>(within.count(), 1);
}

}  // namespace

ClusterBridge::ClusterBridge(std::chrono::milliseconds interval, QObject* parent)
    : QObject(parent), interval_(interval), pause_(interval) {
    rest_.setSingleShot(true);
    rest_.setTimerType(Qt::PreciseTimer);
    connect(&rest_, &QTimer::timeout, this, &ClusterBridge::flush);
}

void ClusterBridge::post(const journey::PushChanges& changes) {
    {
        const std::scoped_lock lock(pushMutex_);
        for (const std::string& key : changes.removed) pushes_[key] = nullptr;
        for (const journey::PushPtr& push : changes.changed) pushes_[push->key] = push;
    }
    request();
}

void ClusterBridge::postAnswers(std::string commit, std::vector<journey::Answer> answers) {
    {
        const std::scoped_lock lock(pushMutex_);
        answers_[std::move(commit)] = std::move(answers);
    }
    request();
}

void ClusterBridge::postSyncChange() {
    syncDirty_ = true;
    request(When::AtOnce);
}

void ClusterBridge::request(When when) {
    const bool hurry = when == When::AtOnce && !hurried_.exchange(true);
    if (!queued_.exchange(true) || hurry)
        QMetaObject::invokeMethod(this, &ClusterBridge::arrive, Qt::QueuedConnection);
}

void ClusterBridge::arrive() {
    ++crossings_;
    const std::chrono::milliseconds elapsed(sinceFlush_.isValid() ? sinceFlush_.elapsed() : pause_.count());
    if (hurried_.exchange(false) || elapsed >= pause_) {
        flush();
    } else {
        rest_.start(pause_ - elapsed);
    }
}

journey::PushChanges ClusterBridge::takePushes() {
    std::unordered_map<std::string, journey::PushPtr> pending;
    {
        const std::scoped_lock lock(pushMutex_);
        pending.swap(pushes_);
    }
    journey::PushChanges changes;
    for (auto& [key, push] : pending) {
        if (push) {
            changes.changed.push_back(std::move(push));
        } else {
            changes.removed.push_back(key);
        }
    }
    return changes;
}

std::map<std::string, std::vector<journey::Answer>> ClusterBridge::takeAnswers() {
    const std::scoped_lock lock(pushMutex_);
    return std::exchange(answers_, {});
}

void ClusterBridge::drop() {
    rest_.stop();
    queued_ = false;
    hurried_ = false;
    (void)runs_.take();
    (void)taskRuns_.take();
    (void)pods_.take();
    (void)events_.take();
    (void)deployments_.take();
    (void)replicaSets_.take();
    (void)takePushes();
    (void)takeAnswers();
    syncDirty_ = false;
}

void ClusterBridge::flush() {
    rest_.stop();
    sinceFlush_.start();
    // Cleared before taking: what arrives from here on asks for a crossing of its own.
    queued_ = false;
    const auto runs = runs_.take();
    pause_ = areOfAList(runs.added.size(), pause_) ? std::min(2 * pause_, kLongestPause * interval_) : interval_;
    if (!runs.empty()) emit runsChanged(runs);
    if (const auto changes = taskRuns_.take(); !changes.empty()) emit taskRunsChanged(changes);
    if (const auto changes = pods_.take(); !changes.empty()) emit podsChanged(changes);
    if (const auto changes = events_.take(); !changes.empty()) emit eventsChanged(changes);
    if (const auto changes = deployments_.take(); !changes.empty()) emit deploymentsChanged(changes);
    if (const auto changes = replicaSets_.take(); !changes.empty()) emit replicaSetsChanged(changes);
    if (const auto changes = takePushes(); !changes.empty()) emit pushesChanged(changes);
    // After the pushes they speak of.
    for (const auto& [commit, answers] : takeAnswers()) emit commitAnswered(commit, answers);
    if (syncDirty_.exchange(false)) emit syncChanged();
}

}  // namespace cerebral::ui
