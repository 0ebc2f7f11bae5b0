#pragma once
/// @file What is inside a PushBook: the objects by run, the runs by what they have in common, and what changed.
/// Private to core/journey.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/journey/commit_index.h"
#include "core/journey/platform_index.h"
#include "core/journey/push_book.h"
#include "core/journey/run_index.h"
#include "core/journey/service_journey.h"

namespace cerebral::journey {

using Uid = std::string;
template <class T>
using Groups = std::unordered_map<std::string, std::unordered_map<Uid, kube::ObjectPtr<T>>>;

/// Of one group, by name: the children of a matrix are read in order.
template <class T>
std::vector<kube::ObjectPtr<T>> membersOf(const Groups<T>& groups, const std::string& key) {
    std::vector<kube::ObjectPtr<T>> members;
    const auto group = groups.find(key);
    if (group == groups.end()) return members;
    for (const auto& [uid, object] : group->second) members.push_back(object);
    std::sort(members.begin(), members.end(),
              [](const auto& a, const auto& b) { return a->meta.name < b->meta.name; });
    return members;
}

class PushBook::Impl {
public:
    explicit Impl(JourneyRules rules) : rules_(std::move(rules)) {}

    void upsert(const kube::ObjectPtr<tekton::PipelineRun>& object);
    void remove(const tekton::PipelineRun& object);
    /// A TaskRun or task pod of the run that its label names.
    template <class T>
    void keep(Groups<T>& groups, const kube::ObjectPtr<T>& object, bool present) {
        const std::string key = object->meta.ns + "/" + object->meta.label(tekton::kPipelineRunLabel);
        if (present) {
            groups[key][object->meta.uid] = object;
        } else if (const auto group = groups.find(key); group != groups.end()) {
            group->second.erase(object->meta.uid);
            if (group->second.empty()) groups.erase(group);
        }
        touchAll(byName_, key);
    }
    void setDeliveries(std::vector<DeliveryRecord> deliveries);
    PushChanges update();

    PlatformIndex platform;
    Groups<tekton::TaskRun> taskRuns;  ///< by ns/run
    Groups<kube::Pod> taskPods;        ///< by ns/run
    std::set<PushPtr, ByText<&Push::key>> pushes;
    CommitIndex commits;  ///< of `pushes`

    [[nodiscard]] PushPtr pushOfRun(const std::string& nsAndName) const;
    [[nodiscard]] PushPtr nextInPlace(const ServiceJourney& journey) const;

private:
    struct Run {
        kube::ObjectPtr<tekton::PipelineRun> object;
        /// Within its push where that says the same: the two are large and many.
        std::shared_ptr<const ServiceJourney> journey;
        std::string awaitedRun;  ///< ns/name of the run that superseded it

        /// Creation is told in whole seconds; among runs of the same second any order does that stays the same.
        [[nodiscard]] bool begunBefore(const Run& other) const {
            const kube::ObjectMeta& a = object->meta;
            const kube::ObjectMeta& b = other.object->meta;
            return a.creationTimestamp != b.creationTimestamp ? a.creationTimestamp < b.creationTimestamp
                                                              : a.uid < b.uid;
        }
    };
    using Runs = RunIndex<Run>;

    void compute(Run& run);
    void touchPlatform();
    void index(Run& run, bool present);
    void touchAll(const Runs& of, std::string_view key);
    /// The newest under `key` that `is`.
    template <class Is>
    [[nodiscard]] static std::optional<KnownRun> knownRun(const Runs& of, std::string_view key, Is is);
    [[nodiscard]] PushPtr assemble(const std::string& key) const;
    [[nodiscard]] PushPtr assemble(const DeliveryRecord& delivery) const;
    void announce(const std::string& key, PushPtr now, PushChanges& changes);
    void shareJourneys(const PushPtr& push);

    JourneyRules rules_;
    const std::shared_ptr<const ServiceJourney> unknown_ = std::make_shared<const ServiceJourney>();
    std::unordered_map<Uid, Run> runs_;
    Runs byName_;                                        ///< ns/name
    Runs byDeployment_;                                  ///< ns/name of the Deployment
    Runs byImage_;                                       ///< Deployment and digest: who made it
    Runs awaitImage_;                                    ///< Deployment and digest: whose place it took
    Runs awaitRun_;                                      ///< ns/name: whom it superseded
    Runs byPush_;                                        ///< key of the push
    std::map<std::string, DeliveryRecord> deliveries_;   ///< by delivery id
    std::map<std::string, std::string> deliveryPushes_;  ///< keys of rows without runs, by delivery id
    std::unordered_set<Run*> dirtyRuns_;
    std::set<std::string> dirtyPushes_;
    std::set<std::string> dirtyDeliveries_;
};

}  // namespace cerebral::journey
