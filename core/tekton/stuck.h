#pragma once
/// @file Stuck: a task that cannot go on without help, why in words, and since when.
///
/// The run itself says only Running; its TaskRun and the TaskRun's pod tell.

#include <optional>
#include <string>

#include "core/kube/workloads/pod.h"
#include "core/tekton/task_run.h"

namespace cerebral::tekton {

struct Stuck {
    std::string
        reason;  ///< the server's word: PullImageFailed, ExceededNodeResources, ImagePullBackOff, UnboundClaim…
    std::string words;   ///< a sentence for people
    bool inPod = false;  ///< told by the pod, else by the TaskRun
    std::optional<WallTime> since;
};
/// Only for a TaskRun that is not finished. `pod` may be null. The pod's word is the more precise one and wins.
[[nodiscard]] std::optional<Stuck> findStuck(const TaskRun& taskRun, const kube::Pod* pod);

}  // namespace cerebral::tekton
