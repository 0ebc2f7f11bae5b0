#include "receiver/rebuild/build_source.h"

#include "core/pipeline/run_name.h"
#include "core/tekton/run_labels.h"

namespace cerebral::receiver {
namespace {

namespace labels = tekton::labels;
using Run = kube::ObjectPtr<tekton::PipelineRun>;

/// Newer by creation; objects without a time come first.
bool newer(const Run& run, const Run& than) {
    return !than || run->meta.creationTimestamp > than->meta.creationTimestamp;
}

}  // namespace

std::optional<BuildSource> findSource(const std::vector<Run>& runs, std::string_view service,
                                      std::string_view branch) {
    const std::string branchLabel = pipeline::labelForBranch(branch);
    Run sameService;
    Run sameBranch;
    Run any;
    for (const Run& run : runs) {
        if (run->meta.annotation(labels::kRepository).empty() || run->param("repo-url").empty()) continue;
        const bool onBranch = run->meta.label(labels::kBranch) == branchLabel;
        if (newer(run, any)) any = run;
        if (onBranch && newer(run, sameBranch)) sameBranch = run;
        if (onBranch && run->meta.label(labels::kService) == service && newer(run, sameService)) sameService = run;
    }
    const Run& best = sameService ? sameService : sameBranch ? sameBranch : any;
    if (!best) return std::nullopt;
    BuildSource source;
    source.repository = best->meta.annotation(labels::kRepository);
    source.cloneUrl = best->param("repo-url");
    if (sameService) source.commit = sameService->meta.label(labels::kCommit);
    if (const Run& onBranch = sameService ? sameService : sameBranch) {
        source.deploys = onBranch->param("deploy") == "true";
    }
    return source;
}

}  // namespace cerebral::receiver
