#include "tests/unit/tekton/task_text.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/time_format.h"
#include "core/kube/workloads/decode.h"
#include "core/kube/workloads/image_name.h"
#include "core/tekton/decode.h"
#include "tests/support/captures.h"

namespace cerebral::test {
namespace {

std::string at(const std::optional<WallTime>& time) {
    return time ? formatRfc3339(*time) : "-";
}

std::string span(const std::optional<tekton::Interval>& interval) {
    if (!interval) return "-";
    return formatRfc3339(interval->start) + ".." + (interval->end ? formatRfc3339(*interval->end) : "");
}

std::string describeStep(const char* kind, const tekton::Step& step) {
    std::string text =
        std::string(" ") + kind + "[" + step.name + " " + step.container + " " + toString(step.state());
    text += " image " + step.image + " " + std::string(kube::shortDigest(kube::digestOfImageId(step.imageId)));
    text += " exit " + (step.exitCode ? std::to_string(*step.exitCode) : "-") + " " + step.reason + " " +
            step.terminationReason + " " + at(step.startedAt) + ".." + at(step.finishedAt);
    return text + (step.message.empty() ? "]" : " <" + step.message + ">]");
}

template <class T>
std::vector<kube::ObjectPtr<T>> read(const std::string& capture,
                                     std::unique_ptr<kube::ObjectSink> (*make)(kube::Store<T>&)) {
    kube::Store<T> store;
    const auto sink = make(store);
    const std::string text = readCapture(capture);
    bool read = true;
    if (capture.ends_with(".jsonl")) {
        for (const auto& line : linesOf(text)) read = sink->applyEvent(line, false, false).has_value() && read;
    } else {
        read = sink->addPage(text, true).has_value();
    }
    if (!read || sink->malformed() > 0) std::abort();
    auto all = store.snapshot();
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a->meta.key() < b->meta.key(); });
    return all;
}

}  // namespace

std::string describe(const tekton::TaskRun& run) {
    std::string text = run.meta.key() + "@" + run.meta.resourceVersion + " " + toString(run.state());
    text += " run " + run.pipelineRunName() + "/" + run.pipelineTaskName() + (run.isFinally() ? " finally" : "");
    text +=
        " task " + run.taskName + " wish " + run.specStatus + " as " + run.serviceAccount + " within " + run.timeout;
    text += " reason " + run.reason + " since " + at(run.conditionSince) + " " + at(run.startTime) + ".." +
            at(run.completionTime) + " pod " + run.podName;
    for (const auto& param : run.params) text += " param " + param.name + "=" + param.value;
    for (const auto& step : run.steps) text += describeStep("step", step);
    for (const auto& sidecar : run.sidecars) text += describeStep("sidecar", sidecar);
    for (const auto& attempt : run.retries) {
        text += " retried[" + attempt.podName + " " + attempt.reason + " " + at(attempt.startTime) + ".." +
                at(attempt.completionTime);
        for (const auto& step : attempt.steps) text += describeStep("step", step);
        text += "]";
    }
    for (const auto& result : run.results) text += " result " + result.name + "=" + result.value;
    text += " <" + run.message + ">";
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string describe(const tekton::RunTask& task) {
    std::string text = task.name + ": " + (task.unknown ? "unknown" : toString(task.state));
    if (task.deduced) text += " (deduced)";
    if (task.finally) text += " finally";
    if (task.matrix) text += " matrix";
    if (task.allowedRetries > 0) text += " retries " + std::to_string(task.allowedRetries);
    for (const auto& name : task.after) text += " after " + name;
    if (!task.skipReason.empty()) text += " skipped <" + task.skipReason + ">";
    for (const auto& child : task.children) text += " child " + child;
    text += " " + at(task.start) + ".." + at(task.end);
    if (task.stuck)
        text += " stuck " + task.stuck->reason + " <" + task.stuck->words + "> since " + at(task.stuck->since);
    return text;
}

std::string describe(const tekton::TaskTiming& timing) {
    std::string text =
        "queued " + span(timing.queued) + " pulling " + span(timing.pulling) + " running " + span(timing.running);
    for (const auto& step : timing.steps) {
        text += " [" + step.name + " " + toString(step.state) + " " + span(step.running) + "]";
    }
    return text;
}

std::vector<kube::ObjectPtr<tekton::TaskRun>> taskRunsOf(const std::string& capture) {
    return read<tekton::TaskRun>(capture, tekton::makeTaskRunSink);
}

std::vector<kube::ObjectPtr<tekton::PipelineRun>> pipelineRunsOf(const std::string& capture) {
    return read<tekton::PipelineRun>(capture, tekton::makePipelineRunSink);
}

std::vector<kube::ObjectPtr<kube::Pod>> podsOfCapture(const std::string& capture) {
    return read<kube::Pod>(capture, kube::makePodSink);
}

}  // namespace cerebral::test
