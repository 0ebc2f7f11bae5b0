#pragma once
/// @file Background: blocking calls of core off the GUI thread, their answers back on it.
///
/// Each call has a thread of its own, for calls are few and short. `cancel` and the destructor ask all to
/// stop and join them; their answers are then dropped, also those already on their way.

#include <QObject>
#include <atomic>
#include <functional>
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

    /// What is under way uses something that is about to go.
    void cancel();
    [[nodiscard]] bool busy() const;

    /// Carries calls from a work's thread to this one, as long as its answer is wanted. For progress.
    [[nodiscard]] auto courier() {
        return [this, round = round_](std::function<void()> call) {
            QMetaObject::invokeMethod(
                this,
                [this, round, call = std::move(call)] {
                    if (round == round_) call();
                },
                Qt::QueuedConnection);
        };
    }

    /// `work(stop)` runs elsewhere; `answer(result)` here, unless this object is gone.
    template <class Work, class Answer>
    void run(Work work, Answer answer) {
        sweep();
        auto task = std::make_shared<Task>();
        tasks_.push_back(task);
        task->thread = std::jthread([this, task = task.get(), round = round_, work = std::move(work),
                                     answer = std::move(answer)](const std::stop_token& stop) mutable {
            auto result = std::make_shared<decltype(work(stop))>(work(stop));
            if (!stop.stop_requested()) {
                QMetaObject::invokeMethod(
                    this,
                    [this, round, result, answer = std::move(answer)]() mutable {
                        if (round == round_) answer(std::move(*result));
                    },
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
    int round_ = 0;  ///< of answers that are still wanted
};

}  // namespace cerebral::ui
