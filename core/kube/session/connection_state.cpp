#include "core/kube/session/connection_state.h"

#include <algorithm>

namespace cerebral::session {
namespace {

using kube::SyncPhase;

int badness(SyncPhase phase) {
    switch (phase) {
        case SyncPhase::Forbidden:
            return -1;
        case SyncPhase::Live:
            return 0;
        case SyncPhase::Loading:
            return 1;
        case SyncPhase::Reconnecting:
            return 2;
    }
    return 0;
}

}  // namespace

const char* toString(Kind kind) noexcept {
    switch (kind) {
        case Kind::PipelineRuns:
            return "pipelineruns";
        case Kind::TaskRuns:
            return "taskruns";
        case Kind::TaskPods:
            return "task pods";
        case Kind::Deployments:
            return "deployments";
        case Kind::ReplicaSets:
            return "replicasets";
        case Kind::Pods:
            return "pods";
        case Kind::Events:
            return "events";
    }
    return "unknown";
}

ConnectionState summarize(const std::vector<FeedState>& feeds) {
    ConnectionState whole;
    const FeedState* worst = nullptr;
    bool allSynced = true;
    bool haveProof = false;
    for (const FeedState& feed : feeds) {
        whole.malformedEvents += feed.sync.malformedEvents;
        if (worst == nullptr || badness(feed.sync.phase) > badness(worst->sync.phase)) worst = &feed;
        if (feed.sync.phase == SyncPhase::Forbidden) {
            whole.forbidden.push_back(std::string(toString(feed.kind)) + " in namespace " + feed.ns + ": " +
                                      feed.sync.why);
            continue;
        }
        if (!feed.sync.hasSynced) {
            allSynced = false;
            continue;
        }
        whole.lastProof = haveProof ? std::min(whole.lastProof, feed.sync.lastProof) : feed.sync.lastProof;
        haveProof = true;
    }
    if (worst == nullptr) return whole;
    whole.phase = worst->sync.phase;
    whole.since = worst->sync.since;
    whole.why = worst->sync.why;
    whole.hasSynced = allSynced && haveProof;
    return whole;
}

}  // namespace cerebral::session
