#pragma once
/// @file TaskRuns and what is made of them as lines of text, for golden files.

#include <string>
#include <vector>

#include "core/kube/workloads/pod.h"
#include "core/tekton/run_tasks.h"
#include "core/tekton/step_timing.h"
#include "core/tekton/task_run.h"

namespace cerebral::test {

std::string describe(const tekton::TaskRun& run);
std::string describe(const tekton::RunTask& task);
std::string describe(const tekton::TaskTiming& timing);

/// Everything a recorded list or watch holds in the end.
std::vector<kube::ObjectPtr<tekton::TaskRun>> taskRunsOf(const std::string& capture);
std::vector<kube::ObjectPtr<tekton::PipelineRun>> pipelineRunsOf(const std::string& capture);
std::vector<kube::ObjectPtr<kube::Pod>> podsOfCapture(const std::string& capture);

}  // namespace cerebral::test
