#include "receiver/submit/run_creator.h"

namespace cerebral::receiver {
namespace {

/// Two Tekton admission webhooks stand in a create, each allowed ten seconds.
constexpr std::chrono::seconds kDeadline{30};

}  // namespace

Result<void> KubeRunCreator::create(const std::string& manifest, std::stop_token stop) {
    auto created = client_.create(kube::types::kPipelineRuns, ns_, manifest, std::move(stop), kDeadline);
    if (!created) return fail(created.error());
    return {};
}

}  // namespace cerebral::receiver
