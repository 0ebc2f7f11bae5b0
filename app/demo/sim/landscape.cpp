#include "app/demo/sim/landscape.h"

#include <nlohmann/json.hpp>

#include "app/demo/registry/image_registry.h"
#include "app/demo/store/identity.h"
#include "core/base/encoding.h"
#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kPushToLive = 3min;

class Builder {
public:
    Builder(World& world, WallTime since) : world_(world), since_(formatRfc3339(since)) {}

    void add(std::string_view kind, std::string_view ns, std::string_view name, Json body) {
        Json& meta = body["metadata"];
        meta["name"] = name;
        if (!ns.empty()) meta["namespace"] = ns;
        meta["creationTimestamp"] = since_;
        (void)world_.store.create(kindNamed(kind), std::move(body));
    }
    void nameSpace(std::string_view name, Json labels = Json::object()) {
        labels["kubernetes.io/metadata.name"] = name;
        add("Namespace", "", name,
            {{"metadata", {{"labels", std::move(labels)}}},
             {"spec", {{"finalizers", {"kubernetes"}}}},
             {"status", {{"phase", "Active"}}}});
        add("ServiceAccount", name, "default", Json::object());
        add("ConfigMap", name, "kube-root-ca.crt", {{"data", {{"ca.crt", ""}}}});
    }
    void role(std::string_view ns, std::string_view name, Json rules) {
        add(ns.empty() ? "ClusterRole" : "Role", ns, name, {{"rules", std::move(rules)}});
    }
    void bind(std::string_view ns, std::string_view name, std::string_view account, std::string_view accountNs) {
        add(ns.empty() ? "ClusterRoleBinding" : "RoleBinding", ns, name,
            {{"roleRef",
              {{"apiGroup", "rbac.authorization.k8s.io"},
               {"kind", ns.empty() ? "ClusterRole" : "Role"},
               {"name", name}}},
             {"subjects", Json::array({{{"kind", "ServiceAccount"}, {"name", account}, {"namespace", accountNs}}})}});
    }

private:
    World& world_;
    std::string since_;
};

Json rule(std::initializer_list<const char*> groups, std::initializer_list<const char*> resources,
          std::initializer_list<const char*> verbs) {
    return {{"apiGroups", std::vector<std::string>(groups.begin(), groups.end())},
            {"resources", std::vector<std::string>(resources.begin(), resources.end())},
            {"verbs", std::vector<std::string>(verbs.begin(), verbs.end())}};
}

void addNode(Builder& build, WallTime since) {
    const std::string then = formatRfc3339(since);
    const auto condition = [&](std::string_view type, bool holds, std::string_view reason, std::string_view message) {
        return Json{{"type", type},
                    {"status", holds ? "True" : "False"},
                    {"lastHeartbeatTime", then},
                    {"lastTransitionTime", then},
                    {"reason", reason},
                    {"message", message}};
    };
    const Json capacity = {{"cpu", "8"},
                           {"ephemeral-storage", "264212084Ki"},
                           {"hugepages-1Gi", "0"},
                           {"hugepages-2Mi", "0"},
                           {"memory", "32684084Ki"},
                           {"pods", "250"}};
    build.add("Node", "", kNode,
              {{"metadata",
                {{"labels",
                  {{"beta.kubernetes.io/arch", "amd64"},
                   {"beta.kubernetes.io/os", "linux"},
                   {"kubernetes.io/arch", "amd64"},
                   {"kubernetes.io/hostname", kNode},
                   {"kubernetes.io/os", "linux"}}},
                 {"annotations",
                  {{"node.alpha.kubernetes.io/ttl", "0"},
                   {"volumes.kubernetes.io/controller-managed-attach-detach", "true"}}}}},
               {"spec", Json::object()},
               {"status",
                {{"capacity", capacity},
                 {"allocatable", capacity},
                 {"conditions",
                  {condition("MemoryPressure", false, "KubeletHasSufficientMemory",
                             "kubelet has sufficient memory available"),
                   condition("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                   condition("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                   condition("Ready", true, "KubeletReady", "kubelet is posting ready status")}},
                 {"addresses",
                  {{{"type", "InternalIP"}, {"address", "10.88.0.1"}}, {{"type", "Hostname"}, {"address", kNode}}}},
                 {"daemonEndpoints", {{"kubeletEndpoint", {{"Port", 10250}}}}},
                 {"nodeInfo",
                  {{"machineID", "3d1219c7c4c5404aaa1f6d2a48adfda4"},
                   {"systemUUID", "3d1219c7c4c5404aaa1f6d2a48adfda4"},
                   {"bootID", "203ba35d-3bad-4a28-bf33-3e8d4a7e5a2e"},
                   {"kernelVersion", "6.1.0-28-amd64"},
                   {"osImage", "Debian GNU/Linux 12 (bookworm)"},
                   {"containerRuntimeVersion", "containerd://1.6.20"},
                   {"kubeletVersion", "v1.34.4"},
                   {"kubeProxyVersion", ""},
                   {"operatingSystem", "linux"},
                   {"architecture", "amd64"}}},
                 {"images", Json::array()}}}});
}

void addReceiver(Builder& build) {
    const Json labels = {{"app.kubernetes.io/name", "github-webhook-receiver"}};
    const std::string_view ns = kPipelineNs;
    for (const char* account :
         {"github-webhook-receiver", "cerebral-pipeline", "rebuild-trigger", "viewer", "auditor"})
        build.add("ServiceAccount", ns, account, Json::object());
    const Json runs = rule({"tekton.dev"}, {"pipelineruns"}, {"create", "get", "list", "watch", "patch"});
    build.role(ns, "github-webhook-receiver",
               Json::array({runs, rule({""}, {"configmaps"}, {"get", "list", "watch"})}));
    build.bind(ns, "github-webhook-receiver", "github-webhook-receiver", ns);
    build.role(kPlatformNs, "github-webhook-receiver-platform",
               Json::array({rule({"apps"}, {"deployments"}, {"get", "list", "watch"})}));
    build.bind(kPlatformNs, "github-webhook-receiver-platform", "github-webhook-receiver", ns);
    build.role("", "github-webhook-receiver-tokens",
               Json::array({rule({"authentication.k8s.io"}, {"tokenreviews"}, {"create"})}));
    build.bind("", "github-webhook-receiver-tokens", "github-webhook-receiver", ns);
    build.role(
        kPlatformNs, "cerebral-pipeline-deploy",
        Json::array({rule({"apps"}, {"deployments", "replicasets"}, {"get", "list", "watch", "patch", "update"})}));
    build.bind(kPlatformNs, "cerebral-pipeline-deploy", "cerebral-pipeline", ns);
    const auto readable = [](bool logs) {
        Json rules = rule(
            {"", "apps", "tekton.dev", "networking.k8s.io", "storage.k8s.io", "policy", "rbac.authorization.k8s.io"},
            {"namespaces",
             "nodes",
             "pods",
             "services",
             "serviceaccounts",
             "configmaps",
             "events",
             "persistentvolumeclaims",
             "storageclasses",
             "deployments",
             "replicasets",
             "pipelines",
             "tasks",
             "pipelineruns",
             "taskruns",
             "ingresses",
             "networkpolicies",
             "poddisruptionbudgets",
             "roles",
             "rolebindings"},
            {"get", "list", "watch"});
        if (logs) rules["resources"].push_back("pods/log");
        return Json::array({std::move(rules)});
    };
    build.role("", "cerebral-viewer", readable(true));
    build.bind("", "cerebral-viewer", "viewer", ns);
    // Sees what happened, but not what was written: logs may hold what is nobody's business.
    build.role("", "cerebral-auditor", readable(false));
    build.bind("", "cerebral-auditor", "auditor", ns);

    build.add("Secret", ns, "github-webhook-secret",
              {{"type", "Opaque"}, {"data", {{"secretToken", toBase64("set by --webhook-secret-file")}}}});
    const std::string docker = toBase64(R"({"auths":{}})");
    build.add("Secret", "build-system", "docker-config",
              {{"type", "kubernetes.io/dockerconfigjson"}, {"data", {{".dockerconfigjson", docker}}}});
    build.add("Secret", ns, "docker-config",
              {{"type", "kubernetes.io/dockerconfigjson"}, {"data", {{".dockerconfigjson", docker}}}});
    build.add("ConfigMap", ns, "github-webhook-receiver",
              {{"data", {{"cerebral.yaml", "registry: 10.34.0.202:5000\n"}}}});
    build.add(
        "Service", ns, "github-webhook-receiver",
        {{"spec",
          {{"type", "ClusterIP"},
           {"clusterIP", "10.0.0.41"},
           {"clusterIPs", {"10.0.0.41"}},
           {"selector", labels},
           {"ipFamilies", {"IPv4"}},
           {"ipFamilyPolicy", "SingleStack"},
           {"internalTrafficPolicy", "Cluster"},
           {"sessionAffinity", "None"},
           {"ports", Json::array({{{"name", "http"}, {"port", 3000}, {"targetPort", 3000}, {"protocol", "TCP"}}})}}},
         {"status", {{"loadBalancer", Json::object()}}}});
    build.add("Service", "cerebral-development", "cerebral-github-listener",
              {{"spec",
                {{"type", "ExternalName"},
                 {"externalName", "github-webhook-receiver.tekton-pipelines.svc.cluster.local"},
                 {"sessionAffinity", "None"},
                 {"ports", Json::array({{{"port", 3000}, {"targetPort", 3000}, {"protocol", "TCP"}}})}}},
               {"status", {{"loadBalancer", Json::object()}}}});
    const Json backend = {{"service", {{"name", "cerebral-github-listener"}, {"port", {{"number", 3000}}}}}};
    build.add(
        "Ingress", "cerebral-development", "cerebral-github-listener",
        {{"metadata", {{"annotations", {{"nginx.ingress.kubernetes.io/proxy-body-size", "26m"}}}}},
         {"spec",
          {{"ingressClassName", "nginx"},
           {"rules",
            Json::array(
                {{{"host", "webhook.dev.cerebral.baerautotech.com"},
                  {"http",
                   {{"paths", Json::array({{{"path", "/"}, {"pathType", "Prefix"}, {"backend", backend}}})}}}}})},
           {"tls",
            Json::array({{{"hosts", {"webhook.dev.cerebral.baerautotech.com"}}, {"secretName", "webhook-tls"}}})}}},
         {"status", {{"loadBalancer", {{"ingress", Json::array({{{"ip", "10.34.0.200"}}})}}}}}});
    build.add("IngressClass", "", "nginx", {{"spec", {{"controller", "k8s.io/ingress-nginx"}}}});
    build.add("PodDisruptionBudget", ns, "github-webhook-receiver",
              {{"spec", {{"minAvailable", 1}, {"selector", {{"matchLabels", labels}}}}},
               {"status",
                {{"currentHealthy", 2},
                 {"desiredHealthy", 1},
                 {"disruptionsAllowed", 1},
                 {"expectedPods", 2},
                 {"observedGeneration", 1}}}});
    build.add("NetworkPolicy", ns, "github-webhook-receiver",
              {{"spec",
                {{"podSelector", {{"matchLabels", labels}}},
                 {"policyTypes", {"Ingress"}},
                 {"ingress", Json::array({{{"ports", Json::array({{{"port", 3000}, {"protocol", "TCP"}}})}}})}}}});
    build.add("StorageClass", "", "local-path",
              {{"metadata", {{"annotations", {{"storageclass.kubernetes.io/is-default-class", "true"}}}}},
               {"provisioner", "rancher.io/local-path"},
               {"reclaimPolicy", "Delete"},
               {"volumeBindingMode", "WaitForFirstConsumer"}});
}

/// Six services, four of them built on today's base, two on the one before.
void addPlatform(World& world, DeploymentController& deployments, const PastPlan& past, std::size_t layerBytes) {
    const WallTime now = world.store.now();
    const auto pushBases = [&](const std::string& content, WallTime created) {
        world.registry.pushBase({"cerebral/ai-base", "cuda", {"amd64", "arm64"}, layerBytes, content}, created);
        // Deliberately for one architecture only: what the guide warns of.
        world.registry.pushBase({"cerebral/ai-base", "cpu", {"amd64"}, layerBytes / 2, content}, created);
    };
    std::map<std::string, LastRollout> last = past.rollouts;
    const auto pushServices = [&](bool old, WallTime created) {
        for (const PlatformService& service : platformServices()) {
            if (service.onOldBase != old) continue;
            auto random = randomFor(world.seed, "image" + service.name);
            const auto [rollout, unknown] = last.try_emplace(service.name);
            if (unknown) rollout->second = {hexText(random, 40), created, 1};
            world.registry.pushService({"cerebral/" + service.name, "main", "cerebral/ai-base:" + service.baseTag,
                                        rollout->second.commit, rollout->second.pushedAt});
        }
    };
    pushBases("2026.09", now - 24h * 62);
    pushServices(true, now - 24h * 40);
    pushBases("2026.11", now - 24h * 9);
    pushServices(false, now - 24h * 2);
    for (const PlatformService& service : platformServices()) {
        const BlobPtr manifest = world.registry.manifest("cerebral/" + service.name, "main");
        const LastRollout& rollout = last.at(service.name);
        EstablishedDeployment deployment;
        deployment.ns = kPlatformNs;
        deployment.name = service.name;
        deployment.image = world.registryHost + "/cerebral/" + service.name + ":main@" + manifest->digest;
        deployment.created = now - 24h * 60;
        deployment.rolledOut = rollout.pushedAt + world.scheduler.scaled(kPushToLive);
        deployment.revision = rollout.revision;
        deployment.labels = {{"app", service.name}};
        deployments.establish(deployment);
    }
    EstablishedDeployment receiver;
    receiver.ns = kPipelineNs;
    receiver.name = receiver.serviceAccount = "github-webhook-receiver";
    receiver.image = world.registryHost + "/webhook-receiver:latest";
    receiver.port = 3000;
    receiver.created = receiver.rolledOut = now - 24h * 2;
    receiver.labels = {{"app.kubernetes.io/name", "github-webhook-receiver"}};
    receiver.environment = {
        {{"name", "PORT"}, {"value", "3000"}},
        {{"name", "KUBE_NAMESPACE"}, {"value", kPipelineNs}},
        {{"name", "GITHUB_WEBHOOK_SECRET"},
         {"valueFrom", {{"secretKeyRef", {{"name", "github-webhook-secret"}, {"key", "secretToken"}}}}}}};
    deployments.establish(receiver);
}

}  // namespace

const std::vector<PlatformService>& platformServices() {
    static const std::vector<PlatformService> kServices = {
        {"ai-services", "cuda", false},         {"bmad-services", "cuda", false},
        {"data-services", "cuda", true},        {"knowledge-services", "cuda", false},
        {"integration-services", "cpu", false}, {"monitoring-services", "cuda", true}};
    return kServices;
}

void buildLandscape(World& world, DeploymentController& deployments, const PastPlan& past,
                    std::size_t baseLayerBytes) {
    const WallTime now = world.store.now();
    Builder build(world, now - 24h * 90);
    for (const char* name : {"default", "kube-system", "registry"}) build.nameSpace(name);
    build.nameSpace(kPipelineNs, {{"app.kubernetes.io/instance", "default"},
                                  {"app.kubernetes.io/part-of", "tekton-pipelines"},
                                  {"pod-security.kubernetes.io/enforce", "baseline"}});
    for (const char* name : {"cerebral-platform", "cerebral-development", "build-system"}) build.nameSpace(name);
    addNode(build, now - 24h * 90);
    addReceiver(build);
    (void)world.store.create(kindNamed("Pipeline"), pipelineDefinition());
    for (const Json& task : taskDefinitions(world.registryHost)) (void)world.store.create(kindNamed("Task"), task);
    world.registry.pushBase({"webhook-receiver", "latest", {"amd64", "arm64"}, 30'000, "receiver"}, now - 24h * 2);
    for (const char* tool : {"git:2.39", "kaniko:v1.24.0", "kubectl:1.34"}) {
        const std::string_view text(tool);
        const std::size_t colon = text.find(':');
        world.registry.pushBase({"ci/" + std::string(text.substr(0, colon)),
                                 std::string(text.substr(colon + 1)),
                                 {"amd64", "arm64"},
                                 20'000,
                                 std::string(text)},
                                now - 24h * 60);
    }
    addPlatform(world, deployments, past, baseLayerBytes);
}

}  // namespace cerebral::demo
