#include "ui/bridge/background.h"

namespace cerebral::ui {

Background::~Background() {
    for (const auto& task : tasks_) task->thread.request_stop();
    tasks_.clear();
}

void Background::sweep() {
    std::erase_if(tasks_, [](const auto& task) { return task->done.load(); });
}

}  // namespace cerebral::ui
