// The kubelet's part: pods of Deployments from creation to readiness, and those that ran before the demo.
#include <nlohmann/json.hpp>

#include "app/demo/registry/image_registry.h"
#include "app/demo/store/identity.h"
#include "app/demo/workloads/deployment_controller.h"
#include "app/demo/workloads/platform_pod.h"
#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kNeverReady = "demo.cerebral.baerautotech.com/never-ready";

std::string containerPath(const Json& pod) {
    return "spec.containers{" + pod["spec"]["containers"][0].value("name", "") + "}";
}

void writeStartLog(LogStore& logs, const ObjectPtr& pod, const std::string& container, WallTime now) {
    logs.append(pod->uid, container, now, "INFO:     Started server process [1]");
    logs.append(pod->uid, container, now, "INFO:     Waiting for application startup.");
    logs.append(pod->uid, container, now, "INFO:     Application startup complete.");
    logs.append(pod->uid, container, now, "INFO:     Uvicorn running on http://0.0.0.0:8080 (Press CTRL+C to quit)");
}

}  // namespace

bool DeploymentController::imageExists(const std::string& image) const {
    if (!image.starts_with(world_.registryHost + "/")) return true;  // another registry's: not ours to know
    const std::string reference = image.substr(world_.registryHost.size() + 1);
    const std::size_t at = reference.find('@'), tag = reference.find(':');
    const std::string repository = reference.substr(0, std::min(at, tag));
    if (at != std::string::npos) return world_.registry.manifest(repository, reference.substr(at + 1)) != nullptr;
    return world_.registry.manifest(repository, tag == std::string::npos ? "latest" : reference.substr(tag + 1)) !=
           nullptr;
}

void DeploymentController::startPod(const std::string& ns, const std::string& name) {
    const ResourceKind& kind = kindNamed("Pod");
    const ObjectPtr pod = world_.store.find(kind, ns, name);
    if (!pod || isTerminating(pod->parse())) return;
    (void)world_.store.update(kind, ns, name, [&](Json& tree) {
        platformPodScheduled(tree, world_.timestamp());
        return true;
    });
    world_.events.record(
        *pod, {EventType::Normal, "Scheduled", "Successfully assigned " + pod->key() + " to " + std::string(kNode),
               "default-scheduler"});
    world_.after(250ms, [self = shared_from_this(), kind = &kind, ns, name] {
        (void)self->world_.store.update(*kind, ns, name, [&](Json& tree) {
            platformPodCreating(tree, self->world_.timestamp());
            return true;
        });
    });
    auto random = randomFor(world_.seed, "start" + name);
    const std::chrono::milliseconds pull(drawBetween(random, 2'500, 7'000));
    const Json tree = pod->parse();
    const std::string image = tree["spec"]["containers"][0].value("image", ""), path = containerPath(tree);
    if (!imageExists(image)) {
        world_.after(pull, [self = shared_from_this(), ns, name, image] { self->failPull(ns, name, image, 0); });
        return;
    }
    world_.after(300ms, [self = shared_from_this(), pod, image, path] {
        self->world_.events.record(
            *pod, {EventType::Normal, "Pulling", "Pulling image \"" + image + "\"", "kubelet", path});
    });
    world_.after(pull, [self = shared_from_this(), pod, image, path, pull] {
        const std::string time = self->world_.lasting(pull), container = path.substr(16, path.size() - 17);
        self->world_.events.record(*pod, {EventType::Normal, "Pulled",
                                          "Successfully pulled image \"" + image + "\" in " + time + " (" + time +
                                              " including waiting). Image size: 1086528 bytes.",
                                          "kubelet", path});
        self->world_.events.record(
            *pod, {EventType::Normal, "Created", "Created container: " + container, "kubelet", path});
        self->world_.events.record(*pod,
                                   {EventType::Normal, "Started", "Started container " + container, "kubelet", path});
        self->runPod(pod->ns, pod->name);
    });
}

void DeploymentController::runPod(const std::string& ns, const std::string& name) {
    const ResourceKind& kind = kindNamed("Pod");
    const std::string address =
        "10.88." + std::to_string(1 + addresses_ / 250) + "." + std::to_string(2 + addresses_ % 250);
    ++addresses_;
    const auto running = world_.store.update(kind, ns, name, [&](Json& tree) {
        if (!tree["status"].contains("containerStatuses")) platformPodCreating(tree, world_.timestamp());
        platformPodRunning(tree, world_.timestamp(), address);
        return true;
    });
    if (!running) return;
    const Json tree = (*running)->parse();
    writeStartLog(world_.logs, *running, tree["spec"]["containers"][0].value("name", ""), world_.store.now());
    auto random = randomFor(world_.seed, "ready" + name);
    const std::chrono::milliseconds untilReady(drawBetween(random, 4'000, 9'000));
    const bool never = tree["metadata"].value("annotations", Json::object()).contains(kNeverReady);
    world_.after(untilReady, [self = shared_from_this(), pod = *running, never, address] {
        if (never) {
            self->world_.events.record(
                *pod, {EventType::Warning, "Unhealthy",
                       "Readiness probe failed: dial tcp " + address + ":8080: connect: connection refused",
                       "kubelet", containerPath(pod->parse())});
            return;
        }
        (void)self->world_.store.update(*pod->kind, pod->ns, pod->name, [&](Json& object) {
            if (isTerminating(object)) return false;
            platformPodReady(object, self->world_.timestamp());
            return true;
        });
    });
}

void DeploymentController::failPull(const std::string& ns, const std::string& name, const std::string& image,
                                    int round) {
    const ObjectPtr pod = world_.store.find(kindNamed("Pod"), ns, name);
    if (!pod || isTerminating(pod->parse())) return;
    const std::string path = containerPath(pod->parse());
    const std::string why = "rpc error: code = NotFound desc = failed to pull and unpack image \"" + image +
                            "\": failed to resolve reference \"" + image + "\": " + image + ": not found";
    const bool backOff = round % 2 == 1;
    (void)world_.store.update(*pod->kind, ns, name, [&](Json& tree) {
        if (!tree["status"].contains("containerStatuses")) platformPodCreating(tree, world_.timestamp());
        platformPodWaiting(tree, backOff ? "ImagePullBackOff" : "ErrImagePull",
                           backOff ? "Back-off pulling image \"" + image + "\": ErrImagePull: " + why : why);
        return true;
    });
    world_.events.record(*pod, {backOff ? EventType::Normal : EventType::Warning, backOff ? "BackOff" : "Failed",
                                backOff ? "Back-off pulling image \"" + image + "\""
                                        : "Failed to pull image \"" + image + "\": " + why,
                                "kubelet", path});
    world_.events.record(*pod, {EventType::Warning, "Failed",
                                backOff ? "Error: ImagePullBackOff" : "Error: ErrImagePull", "kubelet", path});
    world_.after(backOff ? 20'000ms : 10'000ms,
                 [self = shared_from_this(), ns, name, image, round] { self->failPull(ns, name, image, round + 1); });
}

Json DeploymentController::templateOf(const EstablishedDeployment& deployment) const {
    Json container = {{"name", deployment.name},
                      {"image", deployment.image},
                      {"ports", Json::array({{{"containerPort", deployment.port}, {"protocol", "TCP"}}})},
                      {"resources", Json::object()},
                      {"readinessProbe",
                       {{"tcpSocket", {{"port", deployment.port}}},
                        {"timeoutSeconds", 1},
                        {"periodSeconds", 5},
                        {"successThreshold", 1},
                        {"failureThreshold", 3}}},
                      {"terminationMessagePath", "/dev/termination-log"},
                      {"terminationMessagePolicy", "File"},
                      {"imagePullPolicy", "IfNotPresent"}};
    if (!deployment.environment.is_null()) container["env"] = deployment.environment;
    Json spec = {{"containers", Json::array({std::move(container)})},
                 {"restartPolicy", "Always"},
                 {"terminationGracePeriodSeconds", 30},
                 {"dnsPolicy", "ClusterFirst"},
                 {"securityContext", Json::object()},
                 {"schedulerName", "default-scheduler"}};
    if (!deployment.serviceAccount.empty())
        spec["serviceAccountName"] = spec["serviceAccount"] = deployment.serviceAccount;
    return {{"metadata", {{"labels", deployment.labels}}}, {"spec", std::move(spec)}};
}

void DeploymentController::establish(const EstablishedDeployment& deployment) {
    const std::string then = formatRfc3339(deployment.created), rolledOut = formatRfc3339(deployment.rolledOut);
    Json labels = deployment.labels;
    Json tree = {
        {"metadata",
         {{"name", deployment.name},
          {"namespace", deployment.ns},
          {"creationTimestamp", then},
          {"labels", labels},
          {"annotations", {{"deployment.kubernetes.io/revision", std::to_string(deployment.revision)}}}}},
        {"spec",
         {{"replicas", deployment.replicas},
          {"selector", {{"matchLabels", labels}}},
          {"template", templateOf(deployment)},
          {"strategy", {{"type", "RollingUpdate"}, {"rollingUpdate", {{"maxUnavailable", 0}, {"maxSurge", 1}}}}},
          {"revisionHistoryLimit", 10},
          {"progressDeadlineSeconds", 600}}},
        {"status", Json::object()}};
    const auto created = world_.store.create(kindNamed("Deployment"), std::move(tree));
    if (!created) return;
    std::vector<Scale> all;
    Scale* fresh = newReplicaSet((*created)->parse(), *created, all, rolledOut);
    if (!fresh) return;
    const auto set = world_.store.update(*fresh->object->kind, deployment.ns, fresh->object->name, [&](Json& object) {
        object["spec"]["replicas"] = deployment.replicas;
        return true;
    });
    for (int i = 0; set && i < deployment.replicas; ++i) {
        Json pod = makePlatformPod(**set, (*set)->parse(), world_.store.identity().suffix());
        pod["metadata"]["creationTimestamp"] = rolledOut;
        pod["metadata"]["uid"] = "";
        platformPodCreating(pod, rolledOut);
        platformPodScheduled(pod, rolledOut);
        const std::string address =
            "10.88." + std::to_string(1 + addresses_ / 250) + "." + std::to_string(2 + addresses_ % 250);
        ++addresses_;
        platformPodRunning(pod, rolledOut, address);
        platformPodReady(pod, rolledOut);
        const auto made = world_.store.create(kindNamed("Pod"), std::move(pod));
        if (made) writeStartLog(world_.logs, *made, deployment.name, deployment.rolledOut);
    }
    all = replicaSetsOf(**created);
    if (!all.empty()) publish(*created, all, all.front(), rolledOut);
}

}  // namespace cerebral::demo
