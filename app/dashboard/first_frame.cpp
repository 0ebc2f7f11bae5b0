#include "app/dashboard/first_frame.h"

#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <utility>

namespace cerebral::dashboard {
namespace {
constexpr int kMostWaitMs = 500;
}

FirstFrame::FirstFrame(QWidget& window, QObject* parent) : QObject(parent), window_(window) {
    window_.installEventFilter(this);
    QTimer::singleShot(kMostWaitMs, this, &FirstFrame::begin);
}

void FirstFrame::then(Step step) {
    steps_.push_back(std::move(step));
    if (begun_ && !running_) next();
}

void FirstFrame::thenOnce(std::function<void()> step) {
    then([step = std::move(step)] {
        step();
        return false;
    });
}

bool FirstFrame::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint && watched == &window_) {
        window_.removeEventFilter(this);
        // Handled when the painting, children and all, is over.
        QMetaObject::invokeMethod(this, &FirstFrame::begin, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void FirstFrame::begin() {
    if (std::exchange(begun_, true)) return;
    next();
}

void FirstFrame::next() {
    running_ = !steps_.empty();
    if (!running_) return;
    QTimer::singleShot(0, this, [this] {
        if (!steps_.front()()) steps_.pop_front();
        next();
    });
}

}  // namespace cerebral::dashboard
