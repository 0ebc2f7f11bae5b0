#include "app/ctl/trace_journey.h"

#include <algorithm>
#include <set>

#include "app/ctl/list_all.h"
#include "core/journey/verdict.h"
#include "core/kube/workloads/decode.h"
#include "core/tekton/decode.h"

namespace cerebral::ctl {
namespace {

using Names = std::vector<std::string>;

/// A selector's length is bounded by what proxies take for a URL.
constexpr std::size_t kNamesPerSelector = 30;
/// Runs made by hand say their commit in their TaskRuns alone: so many of the newest are asked.
constexpr std::size_t kUnlabelledRuns = 60;

struct Concerned {
    Names runs;
    std::set<std::string> platformNamespaces;
};

Concerned concernedBy(const journey::PushBook& book, const std::string& commit) {
    Concerned concerned;
    std::size_t unlabelled = 0;
    for (const auto& push : book.pushes()) {
        if (push->commit.empty() && ++unlabelled > kUnlabelledRuns) continue;
        if (!push->commit.empty() && !push->commit.starts_with(commit)) continue;
        for (const journey::ServiceJourney& service : push->services) {
            concerned.runs.push_back(service.run.name());
            concerned.platformNamespaces.insert(service.deployment.ns());
        }
    }
    return concerned;
}

/// A missing right or API leaves a gap; the rest is still worth telling.
template <class T, class MakeSink>
void fetchInto(TraceResult& result, kube::KubeClient& client, const kube::ResourceType& type, const std::string& ns,
               const std::string& selector, const MakeSink& makeSink) {
    const auto objects = listAll<T>(client, type, ns, selector, makeSink);
    if (objects) {
        result.book.applyAll(*objects);
    } else if (std::find(result.gaps.begin(), result.gaps.end(), objects.error().message) == result.gaps.end()) {
        result.gaps.push_back(objects.error().message);
    }
}

void fetchTasks(TraceResult& result, kube::KubeClient& client, const std::string& ns, const Names& runs) {
    for (std::size_t first = 0; first < runs.size(); first += kNamesPerSelector) {
        std::string names;
        for (std::size_t i = first; i < std::min(first + kNamesPerSelector, runs.size()); ++i) {
            names += (names.empty() ? "" : ",") + runs[i];
        }
        const std::string selector = std::string(tekton::kPipelineRunLabel) + " in (" + names + ")";
        fetchInto<tekton::TaskRun>(result, client, kube::types::kTaskRuns, ns, selector, tekton::makeTaskRunSink);
        fetchInto<kube::Pod>(result, client, kube::types::kPods, ns, selector, kube::makePodSink);
    }
}

}  // namespace

Result<TraceResult> traceCommit(kube::KubeClient& client, const std::string& ns, const std::string& commit) {
    const auto runs =
        listAll<tekton::PipelineRun>(client, kube::types::kPipelineRuns, ns, "", tekton::makePipelineRunSink);
    if (!runs) return fail(runs.error());
    TraceResult result;
    result.book.applyAll(*runs);
    (void)result.book.update();
    if (journey::isAmbiguous(result.book, commit)) return result;
    const Concerned concerned = concernedBy(result.book, commit);
    fetchTasks(result, client, ns, concerned.runs);
    for (const std::string& platform : concerned.platformNamespaces) {
        fetchInto<kube::Deployment>(result, client, kube::types::kDeployments, platform, "",
                                    kube::makeDeploymentSink);
        fetchInto<kube::ReplicaSet>(result, client, kube::types::kReplicaSets, platform, "",
                                    kube::makeReplicaSetSink);
        fetchInto<kube::Pod>(result, client, kube::types::kPods, platform, "", kube::makePodSink);
    }
    (void)result.book.update();
    return result;
}

}  // namespace cerebral::ctl
