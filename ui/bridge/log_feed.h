#pragma once
/// @file LogFeed: one container's log, followed on a thread of its own and handed over in batches.
///
/// Lives on the GUI thread. Batches cross at most every 50 ms; lines wait in one buffer meanwhile.
/// Destroying it cancels and joins.

#include <QObject>
#include <QTimer>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/clock.h"
#include "core/kube/logs/log_follower.h"

namespace cerebral::ui {

struct LogBatch {
    std::string bytes;  ///< the lines' texts, one after the other
    struct Line {
        std::int64_t timeMs;
        std::uint32_t size;
    };
    std::vector<Line> lines;
};

class LogFeed : public QObject {
    Q_OBJECT
public:
    /// `client` and `clock` must outlive the feed.
    LogFeed(kube::KubeClient& client, Clock& clock, kube::LogTarget target, QObject* parent = nullptr);
    ~LogFeed() override;
    void start();
    [[nodiscard]] const kube::LogTarget& target() const noexcept { return target_; }

signals:
    void arrived(const cerebral::ui::LogBatch& batch);
    void stateChanged(cerebral::kube::LogState state);
    /// No more lines. `problem` is empty after a clean end; `gone`: the pod was deleted.
    void ended(const QString& problem, bool gone);

private:
    class Sink;
    void take(const kube::LogLine& line);
    void cross();

    kube::KubeClient& client_;
    Clock& clock_;
    kube::LogTarget target_;
    std::mutex mutex_;
    LogBatch pending_;
    bool queued_ = false;
    QTimer rest_;
    std::jthread thread_;  ///< last: ends before what it uses
};

}  // namespace cerebral::ui
