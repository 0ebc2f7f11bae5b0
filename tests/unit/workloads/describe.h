#pragma once
/// @file One line of text for every field a workload value holds: what golden files are made of.

#include <string>

#include "core/kube/workloads/deployment.h"
#include "core/kube/workloads/event.h"
#include "core/kube/workloads/pod.h"
#include "core/kube/workloads/replica_set.h"

namespace cerebral::test {

std::string describe(const kube::Pod& pod);
std::string describe(const kube::Deployment& deployment);
std::string describe(const kube::ReplicaSet& set);
std::string describe(const kube::Event& event);

}  // namespace cerebral::test
