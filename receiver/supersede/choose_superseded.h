#pragma once
/// @file Which runs of one service and branch have lost their place to a newer push. Pure.
///
/// Newer is by repository.pushed_at, never by arrival: applied after every create, on any replica, in
/// any order, it always leaves the newest push alone. A run whose push cannot be dated is left alone.
/// Rebuilds were asked for by a person: they give way to a push made after the request, and never make
/// a push give way.

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/kube/store.h"
#include "core/tekton/pipeline_run.h"

namespace cerebral::receiver {

struct Superseded {
    std::string run;
    std::string by;
};

/// `runs`: all runs of one service and branch, finished ones included. Only those of `repository` count.
[[nodiscard]] std::vector<Superseded> chooseSuperseded(const std::vector<kube::ObjectPtr<tekton::PipelineRun>>& runs,
                                                       std::string_view repository);

/// repository.pushed_at as GitHub sends it: whole seconds, or RFC 3339.
[[nodiscard]] std::optional<WallTime> parsePushedAt(std::string_view text);

}  // namespace cerebral::receiver
