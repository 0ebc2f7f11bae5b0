#pragma once
/// @file DeploymentController: rolls Deployments through ReplicaSets and pods by the rules of
/// k8s.io/kubernetes/pkg/controller/deployment (surge, unavailability, revisions, progress deadline), and
/// plays the kubelet for their pods.
///
/// Level-triggered: whatever changed, one `reconcile` of the Deployment sets things right a step further.

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "app/demo/sim/world.h"
#include "app/demo/store/json.h"

namespace cerebral::demo {

/// A Deployment that has been running for a while when the demo begins.
struct EstablishedDeployment {
    std::string ns, name, image, serviceAccount;
    int replicas = 2;
    int port = 8080;
    WallTime created{};
    WallTime rolledOut{};  ///< when its revision and pods were made
    int revision = 1;
    Json labels;       ///< of its pods, also its selector
    Json environment;  ///< env entries; null: none
};

class DeploymentController : public std::enable_shared_from_this<DeploymentController> {
public:
    explicit DeploymentController(World& world) : world_(world) {}
    /// Makes the Deployment, its ReplicaSet and its pods as they are long after the rollout.
    void establish(const EstablishedDeployment& deployment);
    /// Scheduler's thread. The Deployment's key, "ns/name".
    void wake(const std::string& key);
    /// Something about a pod changed (deleted, become ready): its Deployment is looked at.
    void podChanged(const Object& pod);
    /// Any thread. False: the pod may be removed at once.
    bool terminate(const ObjectPtr& pod, std::chrono::seconds grace);

private:
    struct Scale {
        ObjectPtr object;
        Json tree;
        int wanted = 0;
        std::vector<Json> pods;  ///< not terminating
        std::size_t ready = 0;
    };
    void reconcile(const std::string& key);
    std::vector<Scale> replicaSetsOf(const Object& deployment) const;
    /// `since`: when a ReplicaSet it has to make was made; empty: now.
    Scale* newReplicaSet(const Json& deployment, const ObjectPtr& object, std::vector<Scale>& all,
                         const std::string& since = {});
    void roll(const Json& deployment, std::vector<Scale>& all, Scale& fresh);
    void scaleTo(const Json& deployment, Scale& scale, int replicas);
    void matchPods(Scale& scale);
    void publish(const ObjectPtr& object, std::vector<Scale>& all, Scale& fresh, const std::string& now);
    void makePod(const Scale& scale);
    void startPod(const std::string& ns, const std::string& name);
    void runPod(const std::string& ns, const std::string& name);
    void failPull(const std::string& ns, const std::string& name, const std::string& image, int round);
    void removePod(const Object& pod);
    [[nodiscard]] bool imageExists(const std::string& image) const;
    [[nodiscard]] Json templateOf(const EstablishedDeployment& deployment) const;

    World& world_;
    std::set<std::string> due_;
    std::map<std::string, SteadyTime> progressSince_;  ///< of rollouts that go on
    std::map<std::string, std::string> progressMark_;
    std::uint64_t addresses_ = 0;
};

}  // namespace cerebral::demo
