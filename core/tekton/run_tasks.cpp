#include "core/tekton/run_tasks.h"

#include <algorithm>
#include <array>

namespace cerebral::tekton {
namespace {

using TaskRunPtr = kube::ObjectPtr<TaskRun>;
using PodPtr = kube::ObjectPtr<kube::Pod>;

RunTask describe(const PipelineTask& spec) {
    RunTask task;
    task.name = spec.name;
    task.after = spec.after;
    task.finally = spec.finally;
    task.matrix = spec.matrix;
    task.allowedRetries = spec.retries;
    return task;
}

/// A run whose spec is not resolved yet, or of a server that does not show it, still names its children.
std::vector<RunTask> tasksOf(const PipelineRun& run) {
    std::vector<RunTask> tasks;
    for (const PipelineTask& spec : run.tasks) tasks.push_back(describe(spec));
    if (!tasks.empty()) return tasks;
    for (const ChildReference& child : run.children) {
        const bool known = std::any_of(tasks.begin(), tasks.end(),
                                       [&](const RunTask& task) { return task.name == child.pipelineTaskName; });
        if (known) continue;
        tasks.push_back({});
        tasks.back().name = child.pipelineTaskName;
    }
    return tasks;
}

void addChildren(const PipelineRun& run, const std::vector<TaskRunPtr>& own, RunTask& task) {
    for (const ChildReference& child : run.children) {
        if (child.pipelineTaskName == task.name) task.children.push_back(child.name);
    }
    for (const std::string& name : task.children) {
        const auto it =
            std::find_if(own.begin(), own.end(), [&](const auto& run_) { return run_->meta.name == name; });
        if (it != own.end()) task.taskRuns.push_back(*it);
    }
    // A TaskRun is created before the run's status mentions it.
    for (const TaskRunPtr& taskRun : own) {
        if (taskRun->pipelineTaskName() != task.name) continue;
        if (std::find(task.children.begin(), task.children.end(), taskRun->meta.name) != task.children.end())
            continue;
        task.children.push_back(taskRun->meta.name);
        task.taskRuns.push_back(taskRun);
    }
}

/// What several children are together: the worst of what goes on, else the worst of how they ended.
TaskState combine(const std::vector<TaskState>& states) {
    constexpr std::array<TaskState, 11> kWorstFirst = {TaskState::Stuck,    TaskState::Cancelling, TaskState::Running,
                                                       TaskState::Pending,  TaskState::Waiting,    TaskState::Failed,
                                                       TaskState::TimedOut, TaskState::Cancelled,  TaskState::Ignored,
                                                       TaskState::Skipped,  TaskState::Succeeded};
    const auto has = [&](TaskState state) { return std::find(states.begin(), states.end(), state) != states.end(); };
    const bool anyFinished =
        std::any_of(states.begin(), states.end(), [](TaskState state) { return isFinished(state); });
    for (const TaskState state : kWorstFirst) {
        if (!has(state)) continue;
        // Some done and the others waiting for a pod: the task as a whole is under way.
        return state == TaskState::Pending && anyFinished ? TaskState::Running : state;
    }
    return TaskState::Waiting;
}

const kube::Pod* podOf(const TaskRun& taskRun, const std::vector<PodPtr>& pods) {
    for (const PodPtr& pod : pods) {
        if (pod->meta.name != taskRun.podName || pod->meta.ns != taskRun.meta.ns) continue;
        const auto* owner = pod->meta.controller();
        if (owner == nullptr || owner->uid == taskRun.meta.uid) return pod.get();
    }
    return nullptr;
}

void addTimes(RunTask& task) {
    for (const TaskRunPtr& taskRun : task.taskRuns) {
        // A retry overwrites the TaskRun's own startTime.
        const auto& retries = taskRun->retries;
        const auto start =
            !retries.empty() && retries.front().startTime ? retries.front().startTime : taskRun->startTime;
        if (start && (!task.start || *start < *task.start)) task.start = start;
        const auto end = taskRun->completionTime;
        if (isFinished(task.state) && end && (!task.end || *end > *task.end)) task.end = end;
    }
}

void readTaskRuns(const std::vector<PodPtr>& pods, RunTask& task) {
    std::vector<TaskState> states;
    for (const TaskRunPtr& taskRun : task.taskRuns) {
        states.push_back(taskRun->state());
        if (auto stuck = findStuck(*taskRun, podOf(*taskRun, pods))) {
            states.back() = TaskState::Stuck;
            if (task.stuck) continue;
            task.stuck = std::move(stuck);
            task.stuckTaskRun = taskRun;
        }
    }
    task.unknown = task.taskRuns.size() < task.children.size();
    if (!task.unknown) task.state = combine(states);
    addTimes(task);
}

void settle(RunTask& task, TaskState state) {
    task.state = state;
    task.unknown = false;
    task.deduced = true;
}

/// A task that others wait for is done once one of them began, and all are in a run that succeeded.
void deduceSuccess(const PipelineRun& run, std::vector<RunTask>& tasks) {
    const RunState state = run.state();
    const bool runDone = state == RunState::Succeeded || state == RunState::Completed;
    for (RunTask& task : tasks) {
        if (!task.unknown) continue;
        const auto spec = std::find_if(run.tasks.begin(), run.tasks.end(),
                                       [&](const PipelineTask& candidate) { return candidate.name == task.name; });
        // Whether it failed and was ignored is not told.
        if (spec != run.tasks.end() && spec->failureIgnored) continue;
        const bool dependentBegan = std::any_of(tasks.begin(), tasks.end(), [&](const RunTask& other) {
            return !other.children.empty() && dependsOn(run.tasks, other.name, task.name);
        });
        if (runDone || dependentBegan) settle(task, TaskState::Succeeded);
    }
}

/// With one candidate left, the counts in the run's message say what became of it.
void deduceFromCounts(const PipelineRun& run, std::vector<RunTask>& tasks) {
    const auto progress = run.progress();
    if (!progress) return;
    RunTask* candidate = nullptr;
    int finished = 0;
    for (RunTask& task : tasks) {
        if (task.unknown && candidate != nullptr) return;
        if (task.unknown) candidate = &task;
        if (!task.unknown && !task.children.empty() && isFinished(task.state)) ++finished;
    }
    if (candidate == nullptr || candidate->matrix) return;
    const bool failedOne = progress->failed - progress->ignored == 1;
    if (run.state() == RunState::Failed && failedOne && progress->cancelled == 0) {
        const bool another = std::any_of(tasks.begin(), tasks.end(), [](const RunTask& task) {
            return task.state == TaskState::Failed || task.state == TaskState::TimedOut;
        });
        if (!another) settle(*candidate, TaskState::Failed);
    } else if (run.state() == RunState::Running && progress->completed == finished) {
        settle(*candidate, TaskState::Running);
    }
}

}  // namespace

bool belongsTo(const TaskRun& taskRun, const PipelineRun& run) {
    if (taskRun.meta.ns != run.meta.ns || taskRun.pipelineRunName() != run.meta.name) return false;
    if (const std::string uid = taskRun.pipelineRunUid(); !uid.empty()) return uid == run.meta.uid;
    const auto* owner = taskRun.meta.controller();
    return owner == nullptr || owner->uid == run.meta.uid;
}

std::vector<RunTask> runTasks(const PipelineRun& run, const std::vector<TaskRunPtr>& taskRuns,
                              const std::vector<PodPtr>& pods) {
    std::vector<TaskRunPtr> own;
    std::copy_if(taskRuns.begin(), taskRuns.end(), std::back_inserter(own),
                 [&](const TaskRunPtr& taskRun) { return belongsTo(*taskRun, run); });
    std::vector<RunTask> tasks = tasksOf(run);
    for (RunTask& task : tasks) {
        addChildren(run, own, task);
        if (!task.children.empty()) readTaskRuns(pods, task);
        for (const SkippedTask& skipped : run.skipped) {
            if (skipped.name != task.name) continue;
            task.state = TaskState::Skipped;
            task.skipReason = skipped.reason;
            task.unknown = false;
        }
    }
    deduceSuccess(run, tasks);
    deduceFromCounts(run, tasks);
    return tasks;
}

RunState runStateWith(const PipelineRun& run, const std::vector<RunTask>& tasks) {
    const RunState state = run.state();
    if (state != RunState::Running) return state;
    const bool stuck =
        std::any_of(tasks.begin(), tasks.end(), [](const RunTask& task) { return task.state == TaskState::Stuck; });
    return stuck ? RunState::Stuck : state;
}

}  // namespace cerebral::tekton
