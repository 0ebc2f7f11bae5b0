#pragma once
/// @file PlatformIndex: Deployments with their ReplicaSets and pods, and which digests a change concerns.
/// Private to core/journey.

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/journey/service_journey.h"

namespace cerebral::journey {

class PlatformIndex {
public:
    void apply(const kube::Changes<kube::Deployment>& changes);
    void apply(const kube::Changes<kube::ReplicaSet>& changes);
    /// Of pods that a ReplicaSet owns; others are ignored.
    void apply(const kube::Changes<kube::Pod>& changes);

    struct Touched {
        std::string deployment;  ///< key
        /// That it, its ReplicaSets or its pods carry or carried.
        std::set<std::string> digests;
        /// Its template asks for another image, or it came or went: every run for it may be concerned.
        bool everything = false;
    };
    /// Since the last call. Views of earlier calls end here.
    std::vector<Touched> takeTouched();
    /// Null when the Deployment is not known.
    [[nodiscard]] const RolloutView* find(const std::string& key) const;

private:
    struct Namespace {
        std::unordered_map<std::string, kube::ObjectPtr<kube::Deployment>> deployments;  ///< by name
        std::unordered_map<std::string, kube::ObjectPtr<kube::ReplicaSet>> replicaSets;  ///< by uid
        std::unordered_map<std::string, kube::ObjectPtr<kube::Pod>> pods;                ///< by uid
    };
    void touch(const kube::ReplicaSet& set);
    void touch(const kube::Pod& pod);
    [[nodiscard]] RolloutView build(const std::string& key) const;

    std::unordered_map<std::string, Namespace> namespaces_;
    std::unordered_map<std::string, RolloutView> views_;
    std::set<std::string> dirty_;
};

}  // namespace cerebral::journey
