#include "ui/bridge/background.h"

#include <algorithm>

namespace cerebral::ui {

Background::~Background() {
    cancel();
}

void Background::cancel() {
    for (const auto& task : tasks_) task->thread.request_stop();
    tasks_.clear();
    ++round_;
}

bool Background::busy() const {
    return std::any_of(tasks_.begin(), tasks_.end(), [](const auto& task) { return !task->done.load(); });
}

void Background::sweep() {
    std::erase_if(tasks_, [](const auto& task) { return task->done.load(); });
}

}  // namespace cerebral::ui
