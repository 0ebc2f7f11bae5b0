#include "core/tekton/step_timing.h"

#include <algorithm>

namespace cerebral::tekton {
namespace {

/// A step without an image was never started: Tekton writes times of its own into what it ends early.
std::optional<Interval> ranFrom(const Step& step) {
    if (step.imageId.empty() || !step.startedAt || step.state() == StepState::Skipped) return std::nullopt;
    Interval interval{*step.startedAt, std::nullopt};
    if (step.exitCode) interval.end = step.finishedAt;
    return interval;
}

std::optional<WallTime> scheduledAt(const kube::Pod& pod) {
    const kube::Condition* scheduled = kube::findCondition(pod.conditions, "PodScheduled");
    return scheduled != nullptr && scheduled->isTrue() ? scheduled->lastTransitionTime : std::nullopt;
}

/// When the last main container had been started, which needs its image; nothing while one has not.
std::optional<WallTime> containersStartedAt(const kube::Pod& pod) {
    std::optional<WallTime> last;
    for (const kube::Container& container : pod.containers) {
        if (container.kind != kube::ContainerKind::Main) continue;
        // A sidecar that Tekton stopped has been restarted with another image since.
        if (container.restarts > 0) continue;
        if (!container.state.startedAt || container.imageId.empty()) return std::nullopt;
        last = std::max(last.value_or(*container.state.startedAt), *container.state.startedAt);
    }
    return last;
}

void addSteps(const std::vector<Step>& steps, TaskTiming& timing) {
    bool ongoing = false;
    std::optional<WallTime> end;
    for (const Step& step : steps) {
        StepTiming& entry = timing.steps.emplace_back();
        entry.name = step.name;
        entry.container = step.container;
        entry.state = step.state();
        entry.running = ranFrom(step);
        if (!entry.running) continue;
        if (!timing.running) timing.running = Interval{entry.running->start, std::nullopt};
        timing.running->start = std::min(timing.running->start, entry.running->start);
        if (!entry.running->end) {
            ongoing = true;
        } else {
            end = std::max(end.value_or(*entry.running->end), *entry.running->end);
        }
    }
    if (timing.running && !ongoing) timing.running->end = end;
}

/// `podless`: when it ended, of an attempt that never had a pod.
TaskTiming measure(std::optional<WallTime> begun, const std::vector<Step>& steps, const kube::Pod* pod, bool finished,
                   std::optional<WallTime> podless) {
    TaskTiming timing;
    addSteps(steps, timing);
    const auto firstStep = timing.running ? std::optional(timing.running->start) : std::nullopt;
    const auto scheduled = pod == nullptr ? std::nullopt : scheduledAt(*pod);
    const auto withoutPod = firstStep ? firstStep : podless;
    const auto queueEnd = pod == nullptr ? withoutPod : scheduled;
    // An end that is missing means "goes on", which a finished attempt does not.
    if (begun && (queueEnd || !finished)) timing.queued = Interval{*begun, queueEnd};
    if (scheduled) {
        auto prepared = containersStartedAt(*pod);
        if (firstStep && (!prepared || *firstStep < *prepared)) prepared = firstStep;
        if (prepared || !finished) timing.pulling = Interval{*scheduled, prepared};
    }
    return timing;
}

/// For which there never was room, as under a full quota: its whole time was waiting.
template <class Attempt>
std::optional<WallTime> endWithoutPod(const Attempt& attempt) {
    return attempt.podName.empty() ? attempt.completionTime : std::nullopt;
}

}  // namespace

TaskTiming taskTiming(const TaskRun& taskRun, const kube::Pod* pod) {
    // After a retry only startTime is this attempt's; before, the wait since the creation counts too.
    const auto begun = taskRun.retries.empty() ? taskRun.meta.creationTimestamp : taskRun.startTime;
    return measure(begun, taskRun.steps, pod, isFinished(taskRun.state()), endWithoutPod(taskRun));
}

TaskTiming attemptTiming(const RetriedAttempt& attempt, const kube::Pod* pod) {
    return measure(attempt.startTime, attempt.steps, pod, true, endWithoutPod(attempt));
}

std::optional<WallTime> foundRoomAt(const TaskRun& taskRun, const kube::Pod* pod) {
    // The cluster counts in whole seconds: less than two of them may be none.
    constexpr auto kLeastWait = std::chrono::seconds(2);
    const auto made = pod == nullptr ? std::nullopt : pod->meta.creationTimestamp;
    return made && taskRun.startTime && *made - *taskRun.startTime >= kLeastWait ? made : std::nullopt;
}

}  // namespace cerebral::tekton
