#pragma once
/// @file Exit codes and reasons of Tekton and Kubernetes in words.
///
/// Says what the server's words mean and keeps the part of them that matters (the image, the quota, the missing
/// right); an unknown reason is passed on as it is. Never guesses a cause. Sources: Tekton's pkg/pod/status.go and
/// pkg/apis/pipeline/v1/*_types.go, kubelet's container reasons, ResourceQuota and PodSecurity admission messages as
/// recorded in tests/data/captures; exit codes above 128 as POSIX shells and container runtimes use them.
/// Pure; results are plain text on one line, without a full stop.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cerebral::analysis {

struct StepEnd {
    std::optional<int> exitCode;
    std::string reason;  ///< of the terminated container: "Error", "OOMKilled", "TaskRunTimeout", …
    std::string message;
    std::string memoryLimit;  ///< of the container, as written: "4Gi"; empty: none or not known
};
/// "exit code 1", "killed for memory at 4.0 GiB of 4 Gi", "exit code 127: command not found".
[[nodiscard]] std::string explainStepEnd(const StepEnd& end);

/// For the condition of a PipelineRun, TaskRun or pod, or a waiting container. "the image could not be pulled:
/// 10.34.0.202:5000/x:1: not found", "the quota compute is used up: requested cpu=2, used cpu=9, limited to cpu=10".
[[nodiscard]] std::string explainReason(std::string_view reason, std::string_view message);

/// Bytes of a Kubernetes quantity ("4Gi", "1.5Gi", "512M", "1e9", "134217728"); none when it is not one.
/// Source: k8s.io/apimachinery/pkg/api/resource.
[[nodiscard]] std::optional<std::uint64_t> parseQuantity(std::string_view text);
/// "4.0 GiB", "512.0 MiB", "900 B".
[[nodiscard]] std::string formatBytes(std::uint64_t bytes);

}  // namespace cerebral::analysis
