#include "app/demo/workloads/deployment_controller.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/demo/store/identity.h"
#include "app/demo/workloads/platform_pod.h"
#include "app/demo/workloads/rollout_status.h"
#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

constexpr const char* kRevision = "deployment.kubernetes.io/revision";
constexpr const char* kHash = "pod-template-hash";

std::int64_t revisionOf(const Json& tree) {
    return std::strtoll(tree["metadata"].value("annotations", Json::object()).value(kRevision, "0").c_str(), nullptr,
                        10);
}

Json plainTemplate(Json pattern) {
    pattern["metadata"]["labels"].erase(kHash);
    if (pattern["metadata"].contains("annotations") && pattern["metadata"]["annotations"].empty())
        pattern["metadata"].erase("annotations");
    return pattern;
}

/// "25%" or 1; percentages of surge round up, of unavailability down.
int amount(const Json& value, int replicas, bool roundUp) {
    if (value.is_number_integer()) return value.get<int>();
    if (!value.is_string()) return roundUp ? 1 : 0;
    const int percent = std::atoi(value.get<std::string>().c_str());
    return roundUp ? (replicas * percent + 99) / 100 : replicas * percent / 100;
}

}  // namespace

void DeploymentController::wake(const std::string& key) {
    if (!due_.insert(key).second) return;
    world_.after(120ms, [self = shared_from_this(), key] {
        self->due_.erase(key);
        self->reconcile(key);
    });
}

void DeploymentController::podChanged(const Object& pod) {
    for (const std::string& owner : pod.owners) {
        for (const ObjectPtr& set : world_.store.list(kindNamed("ReplicaSet"), pod.ns).objects) {
            if (set->uid == owner) wake(pod.ns + "/" + set->name.substr(0, set->name.rfind('-')));
        }
    }
}

std::vector<DeploymentController::Scale> DeploymentController::replicaSetsOf(const Object& deployment) const {
    std::vector<Scale> all;
    for (const ObjectPtr& object : world_.store.list(kindNamed("ReplicaSet"), deployment.ns).objects) {
        if (std::ranges::find(object->owners, deployment.uid) == object->owners.end()) continue;
        Scale scale{object, object->parse(), 0, {}, 0};
        scale.wanted = scale.tree["spec"].value("replicas", 0);
        all.push_back(std::move(scale));
    }
    for (const ObjectPtr& pod : world_.store.list(kindNamed("Pod"), deployment.ns).objects) {
        for (Scale& scale : all) {
            if (std::ranges::find(pod->owners, scale.object->uid) == pod->owners.end()) continue;
            Json tree = pod->parse();
            if (isTerminating(tree)) continue;
            scale.ready += isReady(tree) ? 1 : 0;
            scale.pods.push_back(std::move(tree));
        }
    }
    return all;
}

void DeploymentController::reconcile(const std::string& key) {
    const std::size_t slash = key.find('/');
    const ObjectPtr object = world_.store.find(kindNamed("Deployment"), key.substr(0, slash), key.substr(slash + 1));
    if (!object) return;
    const Json deployment = object->parse();
    std::vector<Scale> all = replicaSetsOf(*object);
    Scale* fresh = newReplicaSet(deployment, object, all);
    if (!fresh) return;
    roll(deployment, all, *fresh);
    for (Scale& scale : all) matchPods(scale);
    all = replicaSetsOf(*object);  // seen again: pods were made and removed
    Scale* current = nullptr;
    const Json pattern = plainTemplate(deployment["spec"]["template"]);
    for (Scale& scale : all) {
        if (plainTemplate(scale.tree["spec"]["template"]) == pattern) current = &scale;
    }
    if (current) publish(object, all, *current, world_.timestamp());
}

DeploymentController::Scale* DeploymentController::newReplicaSet(const Json& deployment, const ObjectPtr& object,
                                                                 std::vector<Scale>& all, const std::string& since) {
    const Json pattern = plainTemplate(deployment["spec"]["template"]);
    std::int64_t highest = 0;
    for (const Scale& scale : all) highest = std::max(highest, revisionOf(scale.tree));
    const int replicas = deployment["spec"].value("replicas", 1);
    const auto annotate = [&](Json& tree, std::int64_t revision) {
        Json& annotations = tree["metadata"]["annotations"];
        annotations["deployment.kubernetes.io/desired-replicas"] = std::to_string(replicas);
        annotations["deployment.kubernetes.io/max-replicas"] = std::to_string(replicas + 1);
        annotations[kRevision] = std::to_string(revision);
    };
    std::string name;
    std::int64_t revision = 0;
    for (Scale& scale : all) {
        if (plainTemplate(scale.tree["spec"]["template"]) != pattern) continue;
        name = scale.object->name;
        revision = revisionOf(scale.tree);
        if (revision < highest) {  // an earlier revision comes back: it becomes the newest
            revision = highest + 1;
            (void)world_.store.update(*scale.object->kind, scale.object->ns, name, [&](Json& tree) {
                annotate(tree, revision);
                return true;
            });
        }
    }
    if (name.empty()) {
        const std::string hash = safeText(stableHash(pattern.dump(), world_.seed), 10);
        revision = std::max(highest, revisionOf(deployment) - 1) + 1;
        Json labels = pattern["metadata"].value("labels", Json::object());
        labels[kHash] = hash;
        Json selector = deployment["spec"]["selector"];
        selector["matchLabels"][kHash] = hash;
        Json withHash = pattern;
        withHash["metadata"]["labels"] = labels;
        Json tree = {
            {"metadata",
             {{"name", object->name + "-" + hash},
              {"namespace", object->ns},
              {"labels", labels},
              {"ownerReferences", Json::array({{{"apiVersion", "apps/v1"},
                                                {"kind", "Deployment"},
                                                {"name", object->name},
                                                {"uid", object->uid},
                                                {"controller", true},
                                                {"blockOwnerDeletion", true}}})}}},
            {"spec", {{"replicas", 0}, {"selector", std::move(selector)}, {"template", std::move(withHash)}}},
            {"status", {{"replicas", 0}}}};
        annotate(tree, revision);
        if (!since.empty()) tree["metadata"]["creationTimestamp"] = since;
        const auto created = world_.store.create(kindNamed("ReplicaSet"), std::move(tree));
        if (!created) return nullptr;
        name = (*created)->name;
        progressSince_[object->key()] = world_.scheduler.clock().steadyNow();
    }
    if (revisionOf(deployment) != revision) {
        (void)world_.store.update(*object->kind, object->ns, object->name, [&](Json& tree) {
            tree["metadata"]["annotations"][kRevision] = std::to_string(revision);
            return true;
        });
    }
    all = replicaSetsOf(*object);
    const auto found = std::ranges::find_if(all, [&](const Scale& scale) { return scale.object->name == name; });
    return found == all.end() ? nullptr : &*found;
}

void DeploymentController::roll(const Json& deployment, std::vector<Scale>& all, Scale& fresh) {
    const int replicas = deployment["spec"].value("replicas", 1);
    const Json rolling = deployment["spec"].value("strategy", Json::object()).value("rollingUpdate", Json::object());
    const int surge = amount(rolling.value("maxSurge", Json("25%")), replicas, true);
    const int unavailable = amount(rolling.value("maxUnavailable", Json("25%")), replicas, false);
    int total = 0, ready = 0;
    for (const Scale& scale : all) {
        total += scale.wanted;
        ready += static_cast<int>(scale.ready);
    }
    if (fresh.wanted > replicas) {
        scaleTo(deployment, fresh, replicas);
    } else if (fresh.wanted < replicas) {
        const int room = replicas + std::max(surge, unavailable == 0 ? 1 : surge) - total;
        if (room > 0) scaleTo(deployment, fresh, std::min(replicas, fresh.wanted + room));
    }
    // Old pods go as far as enough ready ones remain; unready old ones first.
    int spare = ready - (replicas - unavailable);
    for (Scale& scale : all) {
        if (&scale == &fresh || scale.wanted == 0) continue;
        const int unready = scale.wanted - static_cast<int>(scale.ready);
        const int remove = std::min(
            scale.wanted, std::max(unready, 0) + std::max(0, std::min(spare, static_cast<int>(scale.ready))));
        if (remove <= 0) continue;
        spare -= remove - std::max(unready, 0);
        scaleTo(deployment, scale, scale.wanted - remove);
    }
}

void DeploymentController::scaleTo(const Json& deployment, Scale& scale, int replicas) {
    const int before = scale.wanted;
    scale.wanted = replicas;
    const auto updated =
        world_.store.update(*scale.object->kind, scale.object->ns, scale.object->name, [&](Json& tree) {
            tree["spec"]["replicas"] = replicas;
            return true;
        });
    if (!updated) return;
    scale.object = *updated;
    if (const ObjectPtr owner =
            world_.store.find(kindNamed("Deployment"), scale.object->ns, deployment["metadata"].value("name", ""))) {
        world_.events.record(
            *owner, {EventType::Normal, "ScalingReplicaSet",
                     std::string(replicas > before ? "Scaled up" : "Scaled down") + " replica set " +
                         scale.object->name + " from " + std::to_string(before) + " to " + std::to_string(replicas),
                     "deployment-controller"});
    }
}

void DeploymentController::matchPods(Scale& scale) {
    const auto have = static_cast<int>(scale.pods.size());
    for (int i = have; i < scale.wanted; ++i) makePod(scale);
    if (have <= scale.wanted) return;
    std::ranges::stable_sort(scale.pods, {}, [](const Json& pod) { return isReady(pod) ? 1 : 0; });
    for (int i = 0; i < have - scale.wanted; ++i) {
        const std::string name = scale.pods[static_cast<std::size_t>(i)]["metadata"].value("name", "");
        if (const ObjectPtr pod = world_.store.find(kindNamed("Pod"), scale.object->ns, name)) {
            world_.events.record(*scale.object, {EventType::Normal, "SuccessfulDelete", "Deleted pod: " + name,
                                                 "replicaset-controller"});
            removePod(*pod);
        }
    }
}

void DeploymentController::removePod(const Object& pod) {
    (void)world_.store.update(*pod.kind, pod.ns, pod.name, [&](Json& tree) {
        tree["metadata"]["deletionTimestamp"] = formatRfc3339(world_.store.now() + 30s);
        tree["metadata"]["deletionGracePeriodSeconds"] = 30;
        return true;
    });
    terminate(std::make_shared<Object>(pod), 30s);
}

bool DeploymentController::terminate(const ObjectPtr& pod, std::chrono::seconds grace) {
    const std::string* phase = findText(pod->fields, "status.phase");
    if (!phase || *phase != "Running") {
        if (!phase || (*phase != "Pending")) return false;
    }
    auto random = randomFor(world_.seed, "end" + pod->name);
    const auto lasts =
        std::min<std::chrono::milliseconds>(grace, std::chrono::milliseconds(drawBetween(random, 3'000, 9'000)));
    world_.scheduler.post([self = shared_from_this(), pod, lasts] {
        const Json tree = pod->parse();
        for (const Json& container : tree["spec"]["containers"]) {
            const std::string name = container.value("name", "");
            self->world_.events.record(*pod, {EventType::Normal, "Killing", "Stopping container " + name, "kubelet",
                                              "spec.containers{" + name + "}"});
        }
        self->world_.after(lasts, [self, pod] {
            self->world_.logs.forget(pod->uid);
            const ObjectPtr now = self->world_.store.find(*pod->kind, pod->ns, pod->name);
            if (now && now->uid == pod->uid) (void)self->world_.store.remove(*pod->kind, pod->ns, pod->name);
        });
    });
    return true;
}

void DeploymentController::publish(const ObjectPtr& object, std::vector<Scale>& all, Scale& fresh,
                                   const std::string& now) {
    std::size_t replicas = 0, ready = 0;
    for (const Scale& scale : all) {
        replicas += scale.pods.size();
        ready += scale.ready;
        (void)world_.store.update(*scale.object->kind, scale.object->ns, scale.object->name, [&](Json& tree) {
            Json status = {{"replicas", scale.pods.size()},
                           {"observedGeneration", tree["metadata"].value("generation", 1)}};
            if (!scale.pods.empty()) status["fullyLabeledReplicas"] = scale.pods.size();
            if (scale.ready > 0) status["readyReplicas"] = status["availableReplicas"] = scale.ready;
            tree["status"] = std::move(status);
            return true;
        });
    }
    const std::string key = object->key();
    const ObjectPtr latest = world_.store.find(*object->kind, object->ns, object->name);
    if (!latest) return;
    const auto wanted = static_cast<std::size_t>(latest->parse()["spec"].value("replicas", 1));
    const bool complete = fresh.pods.size() == wanted && fresh.ready == wanted && replicas == wanted;
    const std::string mark = std::to_string(fresh.pods.size()) + "/" + std::to_string(fresh.ready) + "/" +
                             std::to_string(replicas) + fresh.object->name;
    if (progressMark_[key] != mark) {
        progressMark_[key] = mark;
        progressSince_[key] = world_.scheduler.clock().steadyNow();
    }
    const auto deadline = std::chrono::seconds(latest->parse()["spec"].value("progressDeadlineSeconds", 600));
    const bool late =
        !complete && world_.scheduler.clock().steadyNow() - progressSince_[key] >= world_.scheduler.scaled(deadline);
    (void)world_.store.update(*object->kind, object->ns, object->name, [&](Json& tree) {
        Json status = {{"observedGeneration", tree["metadata"].value("generation", 1)}};
        if (replicas > 0) status["replicas"] = replicas;
        if (!fresh.pods.empty()) status["updatedReplicas"] = fresh.pods.size();
        if (ready > 0) status["readyReplicas"] = status["availableReplicas"] = ready;
        const std::size_t should = std::max(replicas, wanted);
        if (should > ready) status["unavailableReplicas"] = should - ready;
        const bool available = ready >= wanted;
        const auto condition = [&](std::string_view type, bool holds, std::string_view reason,
                                   const std::string& message) {
            Json next = {{"type", type},          {"status", holds ? "True" : "False"},
                         {"lastUpdateTime", now}, {"lastTransitionTime", now},
                         {"reason", reason},      {"message", message}};
            for (const Json& old : tree.value("status", Json::object()).value("conditions", Json::array())) {
                if (old["type"] != type) continue;
                if (old["status"] == next["status"]) next["lastTransitionTime"] = old["lastTransitionTime"];
                if (old["status"] == next["status"] && old["reason"] == reason && old["message"] == message)
                    next["lastUpdateTime"] = old["lastUpdateTime"];
            }
            return next;
        };
        const std::string set = "ReplicaSet \"" + fresh.object->name + "\" ";
        status["conditions"] = {
            available
                ? condition("Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability.")
                : condition("Available", false, "MinimumReplicasUnavailable",
                            "Deployment does not have minimum availability."),
            complete ? condition("Progressing", true, "NewReplicaSetAvailable", set + "has successfully progressed.")
            : late   ? condition("Progressing", false, "ProgressDeadlineExceeded", set + "has timed out progressing.")
                     : condition("Progressing", true, "ReplicaSetUpdated", set + "is progressing.")};
        if (tree.value("status", Json()) == status) return false;
        tree["status"] = std::move(status);
        return true;
    });
    if (!complete && !late) {
        world_.after(deadline, [self = shared_from_this(), key] { self->wake(key); });
    }
}

void DeploymentController::makePod(const Scale& scale) {
    const auto created = world_.store.create(
        kindNamed("Pod"), makePlatformPod(*scale.object, scale.tree, world_.store.identity().suffix()));
    if (!created) return;
    const ObjectPtr pod = *created;
    world_.events.record(
        *scale.object, {EventType::Normal, "SuccessfulCreate", "Created pod: " + pod->name, "replicaset-controller"});
    world_.after(150ms, [self = shared_from_this(), pod] { self->startPod(pod->ns, pod->name); });
}

}  // namespace cerebral::demo
