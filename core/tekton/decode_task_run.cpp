#include <simdjson.h>

#include <algorithm>

#include "core/kube/json_object_sink.h"
#include "core/tekton/decode.h"
#include "core/tekton/decode_parts.h"

namespace cerebral::tekton {
namespace {

using kube::json::Element;
namespace json = kube::json;

/// pkg/pod/entrypoint.go: "step-NAME", "step-unnamed-INDEX".
void decodeSpecSteps(Element taskSpec, std::vector<Step>& steps) {
    json::each(taskSpec, "steps", [&](Element element) {
        Step step;
        step.name = json::string(element, "name");
        if (step.name.empty()) step.name = "unnamed-" + std::to_string(steps.size());
        step.container = "step-" + step.name;
        step.image = json::string(element, "image");
        steps.push_back(std::move(step));
    });
}

void decodeStepState(Element element, Step& step) {
    if (const auto container = json::text(element, "container"); !container.empty()) step.container = container;
    step.imageId = json::string(element, "imageID");
    step.terminationReason = json::string(element, "terminationReason");
    if (const auto terminated = json::field(element, "terminated")) {
        step.exitCode = static_cast<int>(json::integer(*terminated, "exitCode"));
        step.reason = json::string(*terminated, "reason");
        step.startedAt = json::time(*terminated, "startedAt");
        step.finishedAt = json::time(*terminated, "finishedAt");
    } else if (const auto running = json::field(element, "running")) {
        step.startedAt = json::time(*running, "startedAt");
    } else if (const auto waiting = json::field(element, "waiting")) {
        step.reason = json::string(*waiting, "reason");
        step.message = json::string(*waiting, "message");
    }
}

void decodeStepStatuses(Element status, std::string_view key, std::vector<Step>& steps) {
    json::each(status, key, [&](Element element) {
        const std::string_view name = json::text(element, "name");
        auto it = std::find_if(steps.begin(), steps.end(), [&](const Step& step) { return step.name == name; });
        if (it == steps.end()) {
            steps.push_back({});
            it = std::prev(steps.end());
            it->name = name;
        }
        decodeStepState(element, *it);
    });
}

std::vector<RetriedAttempt> decodeRetries(Element status) {
    std::vector<RetriedAttempt> attempts;
    json::each(status, "retriesStatus", [&](Element element) {
        RetriedAttempt attempt;
        const Condition succeeded = decodeSucceeded(element);
        attempt.condition = succeeded.status;
        attempt.reason = succeeded.reason;
        attempt.message = succeeded.message;
        attempt.podName = json::string(element, "podName");
        attempt.startTime = json::time(element, "startTime");
        attempt.completionTime = json::time(element, "completionTime");
        if (const auto taskSpec = json::field(element, "taskSpec")) decodeSpecSteps(*taskSpec, attempt.steps);
        decodeStepStatuses(element, "steps", attempt.steps);
        attempts.push_back(std::move(attempt));
    });
    return attempts;
}

void decodeSpec(Element spec, TaskRun& run) {
    run.specStatus = json::string(spec, "status");
    run.serviceAccount = json::string(spec, "serviceAccountName");
    run.timeout = json::string(spec, "timeout");
    run.params = decodeParams(spec, "params");
    if (const auto reference = json::field(spec, "taskRef")) {
        run.taskName = json::string(*reference, "name");
        if (run.taskName.empty()) run.taskName = resolverName(*reference);
    }
}

void decodeStatus(Element status, TaskRun& run) {
    const Condition succeeded = decodeSucceeded(status);
    run.condition = succeeded.status;
    run.reason = succeeded.reason;
    run.message = succeeded.message;
    if (const auto condition = json::condition(status, "Succeeded")) {
        run.conditionSince = json::time(*condition, "lastTransitionTime");
    }
    run.startTime = json::time(status, "startTime");
    run.completionTime = json::time(status, "completionTime");
    run.podName = json::string(status, "podName");
    decodeStepStatuses(status, "steps", run.steps);
    decodeStepStatuses(status, "sidecars", run.sidecars);
    run.retries = decodeRetries(status);
    run.results = decodeParams(status, "results");
}

Result<TaskRun> decode(Element object) {
    auto meta = json::decodeMeta(object);
    if (!meta) return fail(std::move(meta.error()));
    TaskRun run;
    run.meta = std::move(*meta);
    const auto spec = json::field(object, "spec");
    const auto status = json::field(object, "status");
    auto taskSpec = status ? json::field(*status, "taskSpec") : std::nullopt;
    if (!taskSpec && spec) taskSpec = json::field(*spec, "taskSpec");
    if (taskSpec) decodeSpecSteps(*taskSpec, run.steps);
    if (spec) decodeSpec(*spec, run);
    if (status) decodeStatus(*status, run);
    return run;
}

}  // namespace

Result<TaskRun> decodeTaskRun(std::string_view text) {
    return kube::json::decodeText(text, decode);
}

std::unique_ptr<kube::ObjectSink> makeTaskRunSink(kube::Store<TaskRun>& store) {
    return std::make_unique<kube::JsonObjectSink<TaskRun>>(store, decode);
}

}  // namespace cerebral::tekton
