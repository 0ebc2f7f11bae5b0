#include "ui/models/run_detail.h"

#include <algorithm>

#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

using tekton::StepState;
using tekton::TaskState;

const kube::Pod* podNamed(const std::vector<kube::ObjectPtr<kube::Pod>>& pods, const std::string& name) {
    const auto it = std::find_if(pods.begin(), pods.end(), [&](const auto& pod) { return pod->meta.name == name; });
    return it == pods.end() ? nullptr : it->get();
}

StepDetail stepDetail(const tekton::Step& step, const QString& task, const std::string& pod) {
    StepDetail detail;
    detail.task = task;
    detail.name = fromUtf8(step.name);
    detail.pod = pod;
    detail.container = step.container;
    detail.state = step.state();
    detail.exitCode = step.exitCode;
    detail.reason = step.reason;
    detail.message = step.message;
    return detail;
}

void addTimes(std::vector<StepDetail>& steps, std::size_t first, const tekton::TaskTiming& timing) {
    for (std::size_t i = 0; first + i < steps.size() && i < timing.steps.size(); ++i)
        steps[first + i].running = timing.steps[i].running;
}

/// What a task's medians do not contain: its earlier tries, and the wait for a quota with room for its pod.
std::optional<WallTime> countedFrom(const tekton::TaskRun& taskRun, const kube::Pod* pod) {
    if (const auto made = tekton::foundRoomAt(taskRun, pod)) return made;
    if (taskRun.retries.empty()) return std::nullopt;
    return taskRun.startTime ? taskRun.startTime : taskRun.retries.back().completionTime;
}

void addTaskRun(TaskDetail& task, const tekton::TaskRun& taskRun, const std::vector<kube::ObjectPtr<kube::Pod>>& pods,
                const QString& suffix) {
    const std::size_t first = task.steps.size();
    const kube::Pod* pod = podNamed(pods, taskRun.podName);
    for (const tekton::Step& step : taskRun.steps) {
        task.steps.push_back(stepDetail(step, task.name, taskRun.podName));
        task.steps.back().name += suffix;
        const kube::Container* container = pod != nullptr ? pod->find(step.container) : nullptr;
        if (container != nullptr) task.steps.back().memoryLimit = container->memoryLimit;
    }
    tekton::TaskTiming timing = tekton::taskTiming(taskRun, pod);
    addTimes(task.steps, first, timing);
    if (first == 0) task.timing = std::move(timing);
    task.counted = std::max(task.counted, countedFrom(taskRun, pod));
    if (task.reason.isEmpty() || taskRun.condition == tekton::ConditionStatus::False) {
        task.reason = fromUtf8(taskRun.reason);
        task.message = fromUtf8(taskRun.message);
    }
    int attempt = 0;
    for (auto it = taskRun.retries.rbegin(); it != taskRun.retries.rend(); ++it) {
        ++attempt;
        const std::size_t begin = task.earlier.size();
        for (const tekton::Step& step : it->steps) {
            task.earlier.push_back(stepDetail(step, task.name, it->podName));
            task.earlier.back().attempt = attempt;
            task.earlier.back().name += suffix;
        }
        const int number = static_cast<int>(taskRun.retries.size()) + 1 - attempt;
        task.earlierTries.push_back({number, tekton::attemptTiming(*it, podNamed(pods, it->podName))});
        addTimes(task.earlier, begin, task.earlierTries.back().timing);
    }
    if (attempt == 0) return;
    for (std::size_t i = first; i < task.steps.size(); ++i) task.steps[i].tryNumber = attempt + 1;
    for (StepDetail& step : task.earlier) step.tryNumber = attempt + 1 - step.attempt;
}

TaskDetail taskDetail(const tekton::RunTask& source, const std::vector<kube::ObjectPtr<kube::Pod>>& pods) {
    TaskDetail task;
    task.name = fromUtf8(source.name);
    task.state = source.state;
    task.skipReason = fromUtf8(source.skipReason);
    task.finally = source.finally;
    task.unknown = source.unknown;
    task.start = source.start;
    task.end = source.end;
    task.stuck = source.stuck;
    for (std::size_t i = 0; i < source.taskRuns.size(); ++i) {
        const QString suffix = source.taskRuns.size() > 1 ? QStringLiteral(" #%1").arg(i + 1) : QString();
        addTaskRun(task, *source.taskRuns[i], pods, suffix);
    }
    return task;
}

bool isFailure(TaskState state) {
    return state == TaskState::Failed || state == TaskState::TimedOut;
}

/// The first task that failed; of a run that took too long the one its timeout has cancelled.
void findFailure(RunDetail& detail) {
    const auto first = [&](auto which) {
        const auto task = std::find_if(detail.tasks.begin(), detail.tasks.end(), which);
        return task == detail.tasks.end() ? -1 : static_cast<int>(task - detail.tasks.begin());
    };
    detail.failedTask = first([](const TaskDetail& task) { return isFailure(task.state); });
    const bool late = detail.failedTask < 0 && detail.state == tekton::RunState::TimedOut;
    if (late) detail.failedTask = first([](const TaskDetail& task) { return task.stoppedByRun(); });
    if (detail.failedTask < 0) return;
    TaskDetail& task = detail.tasks[static_cast<std::size_t>(detail.failedTask)];
    if (late) {
        // Tekton writes that somebody cancelled it; nobody did.
        task.overdue = true;
        task.state = TaskState::TimedOut;
        for (StepDetail& step : task.steps) {
            if (step.state == StepState::Cancelled) step.state = StepState::TimedOut;
        }
    }
    const auto& steps = task.steps;
    const auto step = std::find_if(steps.begin(), steps.end(), [](const StepDetail& s) {
        return s.state == StepState::Failed || s.state == StepState::TimedOut;
    });
    if (step != steps.end()) detail.failedStep = static_cast<int>(step - steps.begin());
}

}  // namespace

QString StepDetail::keyOf(const QString& task, const QString& name, int attempt) {
    return QStringLiteral("%1/%2/%3").arg(task, name).arg(attempt);
}

QString StepDetail::title() const {
    return tryNumber == 0 ? name : QStringLiteral("%1, try %2").arg(name).arg(tryNumber);
}

RunDetail makeRunDetail(const RunPtr& run, const std::vector<kube::ObjectPtr<tekton::TaskRun>>& taskRuns,
                        const std::vector<kube::ObjectPtr<kube::Pod>>& pods,
                        std::vector<kube::ObjectPtr<kube::Event>> events) {
    RunDetail detail;
    detail.row = makeRunRow(run);
    const std::vector<tekton::RunTask> tasks = tekton::runTasks(*run, taskRuns, pods);
    detail.state = tekton::runStateWith(*run, tasks);
    detail.row.state = detail.state;
    for (const tekton::RunTask& task : tasks) {
        detail.tasks.push_back(taskDetail(task, pods));
        if (task.finally) {
            for (std::size_t i = 0; i < tasks.size(); ++i) {
                if (!tasks[i].finally) detail.tasks.back().after.push_back(i);
            }
        }
        for (const std::string& name : task.after) {
            const auto it =
                std::find_if(tasks.begin(), tasks.end(), [&](const tekton::RunTask& t) { return t.name == name; });
            if (it != tasks.end()) detail.tasks.back().after.push_back(static_cast<std::size_t>(it - tasks.begin()));
        }
    }
    detail.events = std::move(events);
    // Most events count in seconds, those of the scheduler in microseconds; within a second, versions tell what came
    // first. Longer ones are later.
    const auto secondOf = [](const auto& event) { return std::chrono::floor<std::chrono::seconds>(event->when()); };
    std::stable_sort(detail.events.begin(), detail.events.end(), [&](const auto& a, const auto& b) {
        if (secondOf(a) != secondOf(b)) return secondOf(a) < secondOf(b);
        const std::string& x = a->meta.resourceVersion;
        const std::string& y = b->meta.resourceVersion;
        return x.size() != y.size() ? x.size() < y.size() : x < y;
    });
    findFailure(detail);
    return detail;
}

std::chrono::milliseconds TaskDetail::uncounted() const {
    if (!counted || !start || *counted < *start) return {};
    return std::chrono::duration_cast<std::chrono::milliseconds>(*counted - *start);
}

const TaskDetail* RunDetail::stuckTask() const {
    const auto it =
        std::find_if(tasks.begin(), tasks.end(), [](const TaskDetail& task) { return task.stuck.has_value(); });
    return it == tasks.end() ? nullptr : &*it;
}

const tekton::Stuck* RunDetail::stuck() const {
    const TaskDetail* task = stuckTask();
    return task == nullptr ? nullptr : &*task->stuck;
}

const StepDetail* TaskDetail::focusStep() const {
    const StepDetail* last = nullptr;
    for (const StepDetail& step : steps) {
        if (step.state == StepState::Failed || step.state == StepState::TimedOut || step.state == StepState::Running)
            return &step;
        if (step.hasLog() && step.state != StepState::Skipped) last = &step;
    }
    return last;
}

const StepDetail* RunDetail::focusStep() const {
    if (failedTask >= 0 && failedStep >= 0)
        return &tasks[static_cast<std::size_t>(failedTask)].steps[static_cast<std::size_t>(failedStep)];
    const StepDetail* last = nullptr;
    for (const TaskDetail& task : tasks) {
        for (const StepDetail& step : task.steps) {
            if (step.state == StepState::Running) return &step;
            if (step.hasLog() && step.state != StepState::Skipped) last = &step;
        }
    }
    return last;
}

const StepDetail* RunDetail::findStep(const QString& key) const {
    for (const TaskDetail& task : tasks) {
        for (const auto* steps : {&task.steps, &task.earlier}) {
            const auto it =
                std::find_if(steps->begin(), steps->end(), [&](const StepDetail& step) { return step.key() == key; });
            if (it != steps->end()) return &*it;
        }
    }
    return nullptr;
}

std::vector<const StepDetail*> RunDetail::stepsWithLogs() const {
    std::vector<const TaskDetail*> order;
    for (const TaskDetail& task : tasks) order.push_back(&task);
    std::stable_sort(order.begin(), order.end(), [](const TaskDetail* a, const TaskDetail* b) {
        return a->start.value_or(WallTime::max()) < b->start.value_or(WallTime::max());
    });
    std::vector<const StepDetail*> all;
    for (const TaskDetail* task : order) {
        int attempts = 0;
        for (const StepDetail& step : task->earlier) attempts = std::max(attempts, step.attempt);
        for (int attempt = attempts; attempt > 0; --attempt) {
            for (const StepDetail& step : task->earlier) {
                if (step.attempt == attempt && step.hasLog()) all.push_back(&step);
            }
        }
        for (const StepDetail& step : task->steps) {
            if (step.hasLog()) all.push_back(&step);
        }
    }
    return all;
}

QString RunDetail::place() const {
    if (const TaskDetail* task = stuckTask()) {
        const auto next = std::find_if(task->steps.begin(), task->steps.end(), [](const StepDetail& step) {
            return step.state == StepState::Running || step.state == StepState::Waiting;
        });
        return next == task->steps.end() ? task->name : next->name;
    }
    if (failedTask >= 0) {
        const TaskDetail& task = tasks[static_cast<std::size_t>(failedTask)];
        return failedStep >= 0 ? task.steps[static_cast<std::size_t>(failedStep)].name : task.name;
    }
    for (const TaskDetail& task : tasks) {
        if (task.state != TaskState::Running) continue;
        for (const StepDetail& step : task.steps) {
            if (step.state == StepState::Running) return step.name;
        }
        return task.name;
    }
    return {};
}

}  // namespace cerebral::ui
