#pragma once
/// @file Throttle: of many calls one action, at once when it was quiet before and else a while after the last one.
/// What is counted for people changes with what it counts, and follows a storm of changes some times a second. GUI
/// thread.

#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <chrono>

namespace cerebral::ui {

/// `timeout` is the action. "At once" is after what goes on now, which may call often.
class Throttle : public QTimer {
public:
    explicit Throttle(std::chrono::milliseconds every) : everyMs_(every.count()) {
        setSingleShot(true);
        connect(this, &QTimer::timeout, this, [this] { last_.start(); });
    }
    void call() {
        if (isActive()) return;
        start(last_.isValid() ? static_cast<int>(std::max<qint64>(0, everyMs_ - last_.elapsed())) : 0);
    }

private:
    qint64 everyMs_;
    QElapsedTimer last_;
};

/// Of counts.
inline constexpr std::chrono::milliseconds kCountsEvery{100};

}  // namespace cerebral::ui
