#pragma once
/// @file What the receiver makes of a push, without a receiver: for the past and for rehearsals. By the
/// receiver's own decision and manifest code, so that such runs look like those it creates.

#include <string>
#include <string_view>
#include <vector>

#include "app/demo/store/json.h"
#include "app/demo/team/push_payload.h"

namespace cerebral::demo {

/// PipelineRun manifests; none when the push builds nothing.
[[nodiscard]] std::vector<Json> builtRuns(const TeamPush& push, const std::string& registryHost,
                                          std::string_view delivery);

}  // namespace cerebral::demo
