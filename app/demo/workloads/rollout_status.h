#pragma once
/// @file What `kubectl rollout status` says of a Deployment
/// (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go).

#include <string>

#include "app/demo/store/json.h"

namespace cerebral::demo {

struct RolloutStatus {
    std::string message;
    bool done = false;
    bool failed = false;
};

[[nodiscard]] RolloutStatus rolloutStatus(const Json& deployment);

}  // namespace cerebral::demo
