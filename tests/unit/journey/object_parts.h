#pragma once
/// @file What the objects of made-up worlds have in common.

#include <string>

#include "core/kube/object_meta.h"
#include "core/kube/workloads/condition.h"

namespace cerebral::test {

inline constexpr const char* kPipelineNs = "tekton-pipelines";
inline constexpr const char* kPlatformNs = "cerebral-platform";

inline kube::ObjectMeta meta(const std::string& ns, const std::string& name, WallTime created) {
    kube::ObjectMeta meta;
    meta.name = name;
    meta.ns = ns;
    meta.uid = "uid-" + name;
    meta.resourceVersion = "1";
    meta.creationTimestamp = created;
    return meta;
}

inline kube::Condition condition(const std::string& type, bool isTrue, const std::string& reason, WallTime at) {
    kube::Condition condition;
    condition.type = type;
    condition.status = isTrue ? "True" : "False";
    condition.reason = reason;
    condition.lastTransitionTime = at;
    condition.lastUpdateTime = at;
    return condition;
}

}  // namespace cerebral::test
