#pragma once
/// @file RunDetail: one run with its tasks, steps, times, obstacles and events, as the detail page shows it.
///
/// A plain value made anew from what is known; pure. Steps are in the order in which they run.

#include <QString>
#include <optional>
#include <vector>

#include "core/kube/workloads/event.h"
#include "core/kube/workloads/pod.h"
#include "core/tekton/run_tasks.h"
#include "core/tekton/step_timing.h"
#include "ui/models/run_row.h"

namespace cerebral::ui {

struct StepDetail {
    QString task;
    QString name;
    std::string pod;  ///< empty until there is one
    std::string container;
    tekton::StepState state = tekton::StepState::Waiting;
    std::optional<int> exitCode;
    std::string reason;       ///< container's: "Error", "OOMKilled"
    std::string message;      ///< of a waiting container
    std::string memoryLimit;  ///< of the container; empty: none, or the pod is not known
    std::optional<tekton::Interval> running;
    int attempt = 0;    ///< 0: the last one; 1: the one before
    int tryNumber = 0;  ///< counted from 1, the first; 0: the task was tried once only
    /// The same step of the same attempt, for as long as the run exists.
    [[nodiscard]] QString key() const { return keyOf(task, name, attempt); }
    /// Of a step that is known by its name alone; `attempt`: tries before the last.
    [[nodiscard]] static QString keyOf(const QString& task, const QString& name, int attempt = 0);
    /// "build"; "build, try 2" where there were several.
    [[nodiscard]] QString title() const;
    /// Something was or is being written.
    [[nodiscard]] bool hasLog() const { return !pod.empty() && state != tekton::StepState::Waiting; }
};

struct EarlierTry {
    int number = 1;  ///< counted from 1, the first
    tekton::TaskTiming timing;
};

struct TaskDetail {
    QString name;
    tekton::TaskState state = tekton::TaskState::Waiting;
    QString skipReason;
    QString reason;  ///< of the TaskRun's condition
    QString message;
    bool finally = false;
    bool overdue = false;  ///< the timeout of the run has cancelled it; its state says timed out
    bool unknown = false;  ///< neither the run nor a TaskRun says what it is doing
    std::vector<std::size_t> after;
    std::optional<WallTime> start, end;
    std::optional<tekton::Stuck> stuck;
    std::vector<StepDetail> steps;    ///< of the last attempt
    std::vector<StepDetail> earlier;  ///< of the attempts before, newest attempt first
    tekton::TaskTiming timing;
    std::vector<EarlierTry> earlierTries;  ///< newest first
    /// Where its medians are counted from when that is not `start`: a later try began, or room for its pod was found,
    /// only then.
    std::optional<WallTime> counted;
    /// From `start` to there: what is added to its medians where all of its time is told.
    [[nodiscard]] std::chrono::milliseconds uncounted() const;
    /// It did not fail: the run ended, and it with it.
    [[nodiscard]] bool stoppedByRun() const { return start && (state == tekton::TaskState::Cancelled || overdue); }
    /// Of the last attempt: the failed step, else the running one, else the last that has written.
    [[nodiscard]] const StepDetail* focusStep() const;
};

struct RunDetail {
    RunRow row;
    tekton::RunState state = tekton::RunState::Pending;  ///< Stuck included
    std::vector<TaskDetail> tasks;
    std::vector<kube::ObjectPtr<kube::Event>> events;  ///< oldest first

    /// The step that failed the run, or was running when it timed out; or the task alone, without one of its steps;
    /// both -1 when none.
    int failedTask = -1;
    int failedStep = -1;
    [[nodiscard]] const tekton::Stuck* stuck() const;
    [[nodiscard]] const TaskDetail* stuckTask() const;
    /// What is to be looked at first: the failed step, else the running one, else the last that ran.
    [[nodiscard]] const StepDetail* focusStep() const;
    [[nodiscard]] const StepDetail* findStep(const QString& key) const;
    /// All that may have a log, in the order they ran; earlier attempts before the last one.
    [[nodiscard]] std::vector<const StepDetail*> stepsWithLogs() const;
    /// Where it stands or stopped: the step where one is known, "build", else the task; empty when there is nothing
    /// to name.
    [[nodiscard]] QString place() const;
};

[[nodiscard]] RunDetail makeRunDetail(const RunPtr& run,
                                      const std::vector<kube::ObjectPtr<tekton::TaskRun>>& taskRuns,
                                      const std::vector<kube::ObjectPtr<kube::Pod>>& pods,
                                      std::vector<kube::ObjectPtr<kube::Event>> events);

}  // namespace cerebral::ui
