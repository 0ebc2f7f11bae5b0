#include "tests/bench/window/gui_watch.h"

#include <QEvent>
#include <algorithm>
#include <ctime>

namespace cerebral::bench {
namespace {

/// Between two events that follow each other; a wait for the next one is longer.
constexpr std::chrono::microseconds kOneStretch{500};

}  // namespace

bool GuiWatch::notify(QObject* receiver, QEvent* event) {
    if (depth_ == 0) {
        const auto now = Clock::now();
        if (now - ended_ > kOneStretch) {
            endStretch();
            begun_ = now;
        }
    }
    painted_ = painted_ || event->type() == QEvent::UpdateRequest;
    ++depth_;
    const bool taken = QApplication::notify(receiver, event);
    --depth_;
    if (depth_ == 0) ended_ = Clock::now();
    return taken;
}

void GuiWatch::endStretch() {
    if (painted_) frames_.push_back(std::chrono::duration<double, std::milli>(ended_ - begun_).count());
    painted_ = false;
}

void GuiWatch::begin() {
    painted_ = false;
    frames_.clear();
    begun_ = ended_ = Clock::now();
}

std::vector<double> GuiWatch::frames() {
    endStretch();
    std::sort(frames_.begin(), frames_.end());
    return frames_;
}

double GuiWatch::threadSeconds() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

}  // namespace cerebral::bench
