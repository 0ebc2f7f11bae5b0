#include "ui/bridge/log_feed.h"

#include <functional>

namespace cerebral::ui {
namespace {
constexpr int kRestMs = 50;
}

class LogFeed::Sink final : public kube::LogSink {
public:
    explicit Sink(LogFeed& feed) : feed_(feed) {}
    bool onLine(const kube::LogLine& line) override {
        feed_.take(line);
        return true;
    }
    void onState(kube::LogState state) override {
        QMetaObject::invokeMethod(
            &feed_, [feed = &feed_, state] { emit feed->stateChanged(state); }, Qt::QueuedConnection);
    }

private:
    LogFeed& feed_;
};

LogFeed::LogFeed(kube::KubeClient& client, Clock& clock, kube::LogTarget target, QObject* parent)
    : QObject(parent), client_(client), clock_(clock), target_(std::move(target)) {
    rest_.setSingleShot(true);
    rest_.setInterval(kRestMs);
    connect(&rest_, &QTimer::timeout, this, &LogFeed::cross);
}

LogFeed::~LogFeed() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void LogFeed::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) {
        Sink sink(*this);
        kube::LogFollower follower(client_, clock_, std::hash<std::string>{}(target_.pod));
        const auto end = follower.follow(target_, {}, sink, stop);
        if (stop.stop_requested()) return;
        const bool gone = end && *end == kube::LogEnd::PodGone;
        const QString problem = end ? QString() : QString::fromStdString(end.error().message);
        QMetaObject::invokeMethod(
            this,
            [this, problem, gone] {
                cross();
                emit ended(problem, gone);
            },
            Qt::QueuedConnection);
    });
}

void LogFeed::take(const kube::LogLine& line) {
    bool ask = false;
    {
        const std::scoped_lock lock(mutex_);
        const auto ms =
            line.time ? std::chrono::duration_cast<std::chrono::milliseconds>(line.time->time_since_epoch()).count()
                      : 0;
        pending_.bytes.append(line.text);
        pending_.lines.push_back({ms, static_cast<std::uint32_t>(line.text.size())});
        ask = !std::exchange(queued_, true);
    }
    if (ask) QMetaObject::invokeMethod(&rest_, qOverload<>(&QTimer::start), Qt::QueuedConnection);
}

void LogFeed::cross() {
    LogBatch batch;
    {
        const std::scoped_lock lock(mutex_);
        std::swap(batch, pending_);
        queued_ = false;
    }
    if (!batch.lines.empty()) emit arrived(batch);
}

}  // namespace cerebral::ui
