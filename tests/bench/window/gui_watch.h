#pragma once
/// @file GuiWatch: an application that knows how long its thread was busy at a stretch, and which stretches
/// painted a window.
///
/// A stretch are events handled one right after the other; one that painted is a frame. Its time holds all that
/// kept the frame from the screen: taking changes over, models, layout, painting.

#include <QApplication>
#include <chrono>
#include <vector>

namespace cerebral::bench {

class GuiWatch : public QApplication {
public:
    using QApplication::QApplication;
    using Clock = std::chrono::steady_clock;

    bool notify(QObject* receiver, QEvent* event) override;

    /// Forgets what was, and counts from here on.
    void begin();
    /// Of each frame since `begin`, in milliseconds, shortest first.
    [[nodiscard]] std::vector<double> frames();
    /// CPU time of the calling thread, in seconds.
    [[nodiscard]] static double threadSeconds();

private:
    void endStretch();

    int depth_ = 0;
    bool painted_ = false;
    Clock::time_point begun_{};
    Clock::time_point ended_{};
    std::vector<double> frames_;
};

}  // namespace cerebral::bench
