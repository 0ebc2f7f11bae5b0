#pragma once
/// @file Background: blocking calls of core off the GUI thread, their answers back on it.
///
/// Each call has a thread of its own, for calls are few and short. Destroying the object asks all to
/// stop and joins them; their answers are then dropped.

#include <QObject>
#include <atomic>
#include <list>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>

namespace cerebral::ui {

class Background : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~Background() override;

    /// `work(stop)` runs elsewhere; `answer(result)` here, unless this object is gone.
    template <class Work, class Answer>
    void run(Work work, Answer answer) {
        sweep();
        auto task = std::make_shared<Task>();
        tasks_.push_back(task);
        task->thread = std::jthread([this, task = task.get(), work = std::move(work),
                                     answer = std::move(answer)](const std::stop_token& stop) mutable {
            auto result = std::make_shared<decltype(work(stop))>(work(stop));
            if (!stop.stop_requested()) {
                QMetaObject::invokeMethod(
                    this, [result, answer = std::move(answer)]() mutable { answer(std::move(*result)); },
                    Qt::QueuedConnection);
            }
            task->done = true;
        });
    }

private:
    struct Task {
        std::atomic<bool> done{false};
        std::jthread thread;
    };
    void sweep();
    std::list<std::shared_ptr<Task>> tasks_;
};

}  // namespace cerebral::ui
