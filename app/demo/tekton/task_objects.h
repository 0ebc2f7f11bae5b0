#pragma once
/// @file TaskRuns and their pods as Tekton 1.9 and a kubelet 1.34 write them, phase by phase. Pure: the
/// caller gives times and names; nothing is stored here. Each task of the pipeline has one step.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/demo/store/json.h"
#include "app/demo/store/object.h"

namespace cerebral::demo {

/// Fixed for one attempt of one task of one run.
struct TaskInstance {
    const Object* run = nullptr;  ///< its PipelineRun
    Json runLabels;               ///< labels every child inherits
    std::string pipeline;         ///< name of the Pipeline
    std::string task;             ///< "kaniko-build-task", also the name within the pipeline
    std::string taskRun;          ///< its name
    std::string taskRunUid;
    std::string pod;    ///< its pod's name
    std::string claim;  ///< PersistentVolumeClaim of the workspace; empty: none
    std::string serviceAccount;
    Json params;    ///< [{name, value}] of the TaskRun
    Json taskSpec;  ///< of the Task, parameters filled in
    int retries = 0;

    [[nodiscard]] std::string step() const;       ///< "build"
    [[nodiscard]] std::string container() const;  ///< "step-build"
    [[nodiscard]] std::string image() const;
    [[nodiscard]] bool hasScript() const;
    [[nodiscard]] std::string affinityAssistant() const;
};

/// provenance.featureFlags, the same in every run.
[[nodiscard]] Json provenance();
[[nodiscard]] Json succeededCondition(std::string_view status, std::string_view reason, std::string_view message,
                                      std::string_view now);
/// A digest that belongs to an image reference for good.
[[nodiscard]] std::string imageId(std::string_view image);

[[nodiscard]] Json makeTaskRun(const TaskInstance& task);
[[nodiscard]] Json makeTaskPod(const TaskInstance& task);

/// Pod phases, in their order. Each changes `pod` in place.
void podScheduled(Json& pod, std::string_view now);
void podUnschedulable(Json& pod, std::string_view now, std::string_view message);
void podAccepted(Json& pod, std::string_view now);
void podInitialized(Json& pod, std::string_view now);
void podRunning(Json& pod, std::string_view now);
void podReadyAnnotation(Json& pod);
void podWaiting(Json& pod, std::string_view reason, std::string_view message);
/// `message` is the termination message Tekton's entrypoint leaves (results as JSON).
void podTerminated(Json& pod, std::string_view now, int exitCode, std::string_view message);

/// What the TaskRun's `steps` says of the pod's step now.
[[nodiscard]] Json stepState(const TaskInstance& task, const Json& pod);
/// The same without the entrypoint's own entries in the termination message: they are no results.
[[nodiscard]] Json taskRunStep(const TaskInstance& task, const Json& pod);

}  // namespace cerebral::demo
