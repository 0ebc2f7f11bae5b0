#pragma once
/// @file Throttle: of many calls one action, a while after the first of them. What is counted or drawn for people
/// follows a storm of changes a few times a second. GUI thread.

#include <QTimer>
#include <chrono>

namespace cerebral::ui {

/// `timeout` is the action.
class Throttle : public QTimer {
public:
    explicit Throttle(std::chrono::milliseconds after) {
        setSingleShot(true);
        setInterval(after);
    }
    void call() {
        if (!isActive()) start();
    }
};

/// Of counts.
inline constexpr std::chrono::milliseconds kCountsAfter{200};

}  // namespace cerebral::ui
