#pragma once
/// @file Pods of Deployments, phase by phase, as a kubelet 1.34 writes them. Pure.

#include <string>
#include <string_view>

#include "app/demo/store/json.h"
#include "app/demo/store/object.h"

namespace cerebral::demo {

[[nodiscard]] Json makePlatformPod(const Object& replicaSet, const Json& replicaSetTree, const std::string& suffix);
void platformPodScheduled(Json& pod, std::string_view now);
void platformPodCreating(Json& pod, std::string_view now);
void platformPodRunning(Json& pod, std::string_view now, std::string_view address);
void platformPodReady(Json& pod, std::string_view now);
void platformPodWaiting(Json& pod, std::string_view reason, std::string_view message);
[[nodiscard]] bool isReady(const Json& pod);
[[nodiscard]] bool isTerminating(const Json& pod);

}  // namespace cerebral::demo
