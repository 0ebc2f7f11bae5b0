#include <algorithm>
#include <array>

#include "core/journey/push_identity.h"
#include "core/journey/service_journey.h"
#include "core/tekton/run_labels.h"
#include "core/tekton/step_timing.h"

namespace cerebral::journey {
namespace {

using tekton::RunState;
using tekton::RunTask;
using tekton::TaskRun;
using tekton::TaskState;

constexpr std::string_view kStartTime = "status.startTime";
constexpr std::string_view kCompletionTime = "status.completionTime";

ObjectRef refTo(const TaskRun& taskRun) {
    return {"TaskRun", taskRun.meta.ns, taskRun.meta.name};
}

/// The TaskRun that says the state: the one that did not go well, else the first.
const TaskRun* speakerOf(const RunTask& task) {
    if (task.stuckTaskRun) return task.stuckTaskRun.get();
    for (const auto& taskRun : task.taskRuns) {
        if (taskRun->state() == task.state) return taskRun.get();
    }
    return task.taskRuns.empty() ? nullptr : task.taskRuns.front().get();
}

/// When its work began: what it waited for room before is no time of its stage.
std::optional<Moment> startOf(const TaskRun& taskRun, const std::vector<kube::ObjectPtr<kube::Pod>>& pods) {
    const bool retried = !taskRun.retries.empty() && taskRun.retries.front().startTime.has_value();
    if (retried)
        return Moment{*taskRun.retries.front().startTime, refTo(taskRun), "status.retriesStatus[0].startTime"};
    const auto pod =
        std::find_if(pods.begin(), pods.end(), [&](const auto& one) { return one->meta.name == taskRun.podName; });
    if (const auto found = tekton::foundRoomAt(taskRun, pod == pods.end() ? nullptr : pod->get()))
        return Moment{*found, {"Pod", (*pod)->meta.ns, (*pod)->meta.name}, "metadata.creationTimestamp"};
    return taskRun.startTime ? std::optional(Moment{*taskRun.startTime, refTo(taskRun), kStartTime}) : std::nullopt;
}

std::optional<Moment> startOf(const RunContext& context, const RunTask& task) {
    std::optional<Moment> first;
    for (const auto& taskRun : task.taskRuns) {
        const auto start = startOf(*taskRun, context.taskPods);
        if (start && (!first || start->at < first->at)) first = start;
    }
    return first;
}

/// Some failures have no completionTime (CreateContainerConfigError); their condition says when.
std::optional<Moment> endOf(const RunTask& task) {
    std::optional<Moment> last;
    for (const auto& taskRun : task.taskRuns) {
        if (!isFinished(taskRun->state())) continue;
        const bool completed = taskRun->completionTime.has_value();
        const auto at = completed ? taskRun->completionTime : taskRun->conditionSince;
        if (!at || (last && last->at >= *at)) continue;
        last = Moment{*at, refTo(*taskRun),
                      completed ? kCompletionTime : "status.conditions[Succeeded].lastTransitionTime"};
    }
    return last;
}

/// Left out on purpose; other skips only follow from what went wrong before (SkippingReason).
bool isPurpose(std::string_view skipReason) {
    return skipReason == "When Expressions evaluated to false" || skipReason == "Parent Tasks were skipped" ||
           skipReason == "Matrix Parameters have an empty array";
}

StageState stateOf(const RunTask& task) {
    switch (task.state) {
        case TaskState::Waiting:
            return StageState::Pending;
        case TaskState::Pending:
        case TaskState::Running:
        case TaskState::Cancelling:
            return StageState::Running;
        case TaskState::Stuck:
            return StageState::Stuck;
        case TaskState::Succeeded:
        case TaskState::Ignored:
            return StageState::Done;
        case TaskState::Failed:
        case TaskState::TimedOut:
            return StageState::Failed;
        case TaskState::Cancelled:
            return StageState::Cancelled;
        case TaskState::Skipped:
            return isPurpose(task.skipReason) ? StageState::Skipped : StageState::Pending;
    }
    return StageState::Unknown;
}

void explain(const RunTask& task, StageStatus& status) {
    if (task.state == TaskState::Skipped) {
        status.detail = task.skipReason;
        return;
    }
    if (task.stuck) {
        status.reason = task.stuck->reason;
        status.detail = task.stuck->words;
        return;
    }
    const TaskRun* speaker = speakerOf(task);
    const bool badly = status.state == StageState::Failed || status.state == StageState::Cancelled ||
                       task.state == TaskState::Ignored;
    if (speaker == nullptr || !badly) return;
    status.reason = speaker->reason;
    status.detail = speaker->message;
}

StuckPoint stuckPoint(const RunTask& task, Stage stage) {
    const TaskRun& taskRun = *task.stuckTaskRun;
    const ObjectRef object = task.stuck->inPod ? ObjectRef{"Pod", taskRun.meta.ns, taskRun.podName} : refTo(taskRun);
    return {stage, object, task.stuck->reason, task.stuck->words, task.stuck->since, {}};
}

StageStatus receivedStage(const RunContext& context) {
    const tekton::PipelineRun& run = context.run;
    StageStatus status;
    status.object = context.self;
    const auto receivedAt = receivedAtOf(run);
    if (!receivedAt) {
        const bool byReceiver = run.meta.label(tekton::labels::kManagedBy) == tekton::labels::kManagedByValue;
        status.state = byReceiver ? StageState::Unknown : StageState::Skipped;
        if (byReceiver) status.object = {};
        status.detail = byReceiver ? "" : "not made by the receiver";
        return status;
    }
    status.state = StageState::Done;
    status.start = Moment{*receivedAt, context.self, "metadata.annotations[cerebral.baerautotech.com/received-at]"};
    // Creation is written in whole seconds: it tells a delay only when that is longer than one.
    const auto created = run.meta.creationTimestamp;
    if (created && *created - *receivedAt >= std::chrono::seconds(1)) {
        status.end = Moment{*created, context.self, "metadata.creationTimestamp"};
    }
    return status;
}

StageStatus imageStage(const RunContext& context, const RunTask* imageTask, const StageStatus& build,
                       const std::string& digest) {
    StageStatus status;
    status.object = build.object;
    if (!digest.empty()) {
        status.state = StageState::Done;
        status.detail = digest;
        status.end = imageTask == nullptr ? std::nullopt : endOf(*imageTask);
        if (!status.end && context.run.completionTime) {
            status.end = Moment{*context.run.completionTime, context.self, kCompletionTime};
        }
        return status;
    }
    switch (build.state) {
        case StageState::Done:
        case StageState::Unknown:
            status.object = {};
            if (build.state == StageState::Done) status.detail = "the task's result image-digest is not known";
            break;
        case StageState::Skipped:
            status.state = StageState::Skipped;
            break;
        default:
            status.state = StageState::Pending;
            break;
    }
    return status;
}

const RunTask* culprit(const RunContext& context, const std::vector<RunTask>& tasks) {
    const auto find = [&](std::initializer_list<TaskState> wanted) -> const RunTask* {
        for (const RunTask& task : tasks) {
            if (task.taskRuns.empty()) continue;
            if (std::find(wanted.begin(), wanted.end(), task.state) != wanted.end()) return &task;
        }
        return nullptr;
    };
    if (const RunTask* failed = find({TaskState::Failed, TaskState::TimedOut})) return failed;
    // A run out of time cancels what still goes on.
    return context.run.state() == RunState::TimedOut ? find({TaskState::Cancelled, TaskState::Cancelling}) : nullptr;
}

FailurePoint failureOf(const RunTask& task) {
    const TaskRun& taskRun = *speakerOf(task);
    FailurePoint failure;
    failure.taskRun = refTo(taskRun);
    failure.task = task.name;
    failure.pod = taskRun.podName;
    failure.reason = taskRun.reason;
    failure.message = taskRun.message;
    const tekton::Step* step = taskRun.failedStep();
    // A step without an image never began: the task failed outside of it.
    if (step == nullptr || step->imageId.empty()) return failure;
    failure.step = step->name;
    failure.container = step->container;
    if (step->state() == tekton::StepState::Failed) failure.exitCode = step->exitCode;
    if (failure.reason.empty()) failure.reason = step->terminationReason;
    return failure;
}

StageStatus& mutableStage(ServiceJourney& journey, Stage which) {
    return journey.stages[indexOf(which)];
}

/// Where the run stands: the first of its stages that is not over.
Stage frontier(const ServiceJourney& journey) {
    for (const Stage which : {Stage::Clone, Stage::Build}) {
        const StageState state = journey.stage(which).state;
        if (state != StageState::Done && state != StageState::Skipped) return which;
    }
    return Stage::Rollout;
}

const RunTask* findTask(const std::vector<RunTask>& tasks, std::string_view name) {
    const auto it = std::find_if(tasks.begin(), tasks.end(), [&](const RunTask& task) { return task.name == name; });
    return it == tasks.end() ? nullptr : &*it;
}

void describeStuckTasks(const RunContext& context, const std::vector<RunTask>& tasks, ServiceJourney& journey) {
    const JourneyRules& rules = context.rules;
    for (const RunTask& task : tasks) {
        if (!task.stuck || !task.stuckTaskRun) continue;
        const Stage stage = task.name == rules.cloneTask    ? Stage::Clone
                            : task.name == rules.buildTask  ? Stage::Build
                            : task.name == rules.deployTask ? Stage::Rollout
                                                            : frontier(journey);
        noteStuck(journey, stuckPoint(task, stage));
        StageStatus& status = mutableStage(journey, stage);
        if (status.state != StageState::Pending) continue;
        status.state = StageState::Stuck;
        status.object = refTo(*task.stuckTaskRun);
        explain(task, status);
    }
}

}  // namespace

StageStatus stageOfTask(const RunContext& context, const RunTask* task, std::string_view name) {
    const tekton::PipelineRun& run = context.run;
    StageStatus status;
    status.object = context.self;
    if (task == nullptr) {
        // A run whose pipeline was not resolved names no tasks yet.
        const bool resolved = !run.tasks.empty() || !run.children.empty();
        status.state = resolved ? StageState::Skipped : StageState::Pending;
        if (resolved) status.detail = "the pipeline has no task " + std::string(name);
        return status;
    }
    if (task->unknown) {
        status.object = {};
        return status;
    }
    status.state = stateOf(*task);
    if (const TaskRun* speaker = speakerOf(*task)) {
        status.object = refTo(*speaker);
    } else if (task->children.size() == 1) {
        status.object = {"TaskRun", run.meta.ns, task->children.front()};
    }
    status.start = startOf(context, *task);
    if (isOver(status.state)) status.end = endOf(*task);
    explain(*task, status);
    if (status.state == StageState::Cancelled && run.state() == RunState::TimedOut) {
        status.state = StageState::Failed;
        status.reason = run.reason;
        status.detail = run.message;
    }
    return status;
}

void describeRun(const RunContext& context, const std::vector<RunTask>& tasks, ServiceJourney& journey) {
    const JourneyRules& rules = context.rules;
    mutableStage(journey, Stage::Received) = receivedStage(context);
    mutableStage(journey, Stage::Clone) = stageOfTask(context, findTask(tasks, rules.cloneTask), rules.cloneTask);
    mutableStage(journey, Stage::Build) = stageOfTask(context, findTask(tasks, rules.buildTask), rules.buildTask);
    mutableStage(journey, Stage::Image) =
        imageStage(context, findTask(tasks, rules.imageTask), journey.stage(Stage::Build), journey.digest);
    describeStuckTasks(context, tasks, journey);
    const RunState state = context.run.state();
    if (state != RunState::Failed && state != RunState::TimedOut) return;
    if (const RunTask* task = culprit(context, tasks)) journey.failure = failureOf(*task);
}

void settleStop(const RunContext& context, const std::vector<RunTask>& tasks, ServiceJourney& journey) {
    const tekton::PipelineRun& run = context.run;
    const RunState state = run.state();
    const bool cancelled = state == RunState::Cancelled;
    if (!cancelled && state != RunState::Failed && state != RunState::TimedOut) return;
    if (const auto stopped = journey.stoppedIn()) {
        // Known from the run's counts alone: its TaskRuns are gone. The run itself still says why and when.
        StageStatus& known = mutableStage(journey, *stopped);
        const bool told = known.start || known.end || !known.reason.empty();
        if (told || !isOver(known.state)) return;
        known.reason = run.reason;
        known.detail = run.message;
        if (run.completionTime) known.end = Moment{*run.completionTime, context.self, kCompletionTime};
        return;
    }
    const Stage at = frontier(journey);
    StageStatus& status = mutableStage(journey, at);
    if (isOver(status.state)) return;
    status.state = cancelled ? StageState::Cancelled : StageState::Failed;
    status.object = context.self;
    status.reason = run.reason;
    status.detail = run.message;
    if (const RunTask* task = culprit(context, tasks)) {
        status.object = refTo(*speakerOf(*task));
        status.start = startOf(context, *task);
    }
    if (run.completionTime) status.end = Moment{*run.completionTime, context.self, kCompletionTime};
}

}  // namespace cerebral::journey
