#pragma once
/// @file From Kubernetes JSON to workload values, and the sinks reflectors feed. Stores must outlive sinks.

#include <cstddef>
#include <memory>
#include <string_view>

#include "core/base/result.h"
#include "core/kube/object_sink.h"
#include "core/kube/store.h"
#include "core/kube/workloads/deployment.h"
#include "core/kube/workloads/event.h"
#include "core/kube/workloads/pod.h"
#include "core/kube/workloads/replica_set.h"

namespace cerebral::kube {

[[nodiscard]] Result<Pod> decodePod(std::string_view text);
[[nodiscard]] Result<Deployment> decodeDeployment(std::string_view text);
[[nodiscard]] Result<ReplicaSet> decodeReplicaSet(std::string_view text);
[[nodiscard]] Result<Event> decodeEvent(std::string_view text);

[[nodiscard]] std::unique_ptr<ObjectSink> makePodSink(Store<Pod>& store);
[[nodiscard]] std::unique_ptr<ObjectSink> makeDeploymentSink(Store<Deployment>& store);
[[nodiscard]] std::unique_ptr<ObjectSink> makeReplicaSetSink(Store<ReplicaSet>& store);

inline constexpr std::size_t kNewestEvents = 5000;
/// Keeps the `newest` events (by Event::when) and lets older ones go, whatever the server holds:
/// a namespace in trouble makes tens of thousands an hour.
[[nodiscard]] std::unique_ptr<ObjectSink> makeEventSink(Store<Event>& store, std::size_t newest = kNewestEvents);

}  // namespace cerebral::kube
