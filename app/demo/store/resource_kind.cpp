#include "app/demo/store/resource_kind.h"

#include <array>
#include <cassert>

namespace cerebral::demo {
namespace {

constexpr auto kKinds = std::to_array<ResourceKind>({
    // group, version, plural, singular, kind, namespaced, status, scale, read only, short names, categories
    {"", "v1", "configmaps", "configmap", "ConfigMap", true, false, false, false, "cm", ""},
    {"", "v1", "endpoints", "endpoints", "Endpoints", true, false, false, false, "ep", ""},
    {"", "v1", "events", "event", "Event", true, false, false, false, "ev", ""},
    {"", "v1", "limitranges", "limitrange", "LimitRange", true, false, false, false, "limits", ""},
    {"", "v1", "namespaces", "namespace", "Namespace", false, true, false, false, "ns", ""},
    {"", "v1", "nodes", "node", "Node", false, true, false, false, "no", ""},
    {"", "v1", "persistentvolumeclaims", "persistentvolumeclaim", "PersistentVolumeClaim", true, true, false, false,
     "pvc", ""},
    {"", "v1", "persistentvolumes", "persistentvolume", "PersistentVolume", false, true, false, false, "pv", ""},
    {"", "v1", "pods", "pod", "Pod", true, true, false, false, "po", "all"},
    {"", "v1", "resourcequotas", "resourcequota", "ResourceQuota", true, true, false, false, "quota", ""},
    {"", "v1", "secrets", "secret", "Secret", true, false, false, false, "", ""},
    {"", "v1", "serviceaccounts", "serviceaccount", "ServiceAccount", true, false, false, false, "sa", ""},
    {"", "v1", "services", "service", "Service", true, true, false, false, "svc", "all"},
    {"apps", "v1", "deployments", "deployment", "Deployment", true, true, true, false, "deploy", "all"},
    {"apps", "v1", "replicasets", "replicaset", "ReplicaSet", true, true, true, false, "rs", "all"},
    {"discovery.k8s.io", "v1", "endpointslices", "endpointslice", "EndpointSlice", true, false, false, false, "", ""},
    {"networking.k8s.io", "v1", "ingressclasses", "ingressclass", "IngressClass", false, false, false, false, "", ""},
    {"networking.k8s.io", "v1", "ingresses", "ingress", "Ingress", true, true, false, false, "ing", ""},
    {"networking.k8s.io", "v1", "networkpolicies", "networkpolicy", "NetworkPolicy", true, false, false, false,
     "netpol", ""},
    {"policy", "v1", "poddisruptionbudgets", "poddisruptionbudget", "PodDisruptionBudget", true, true, false, false,
     "pdb", ""},
    {"rbac.authorization.k8s.io", "v1", "clusterrolebindings", "clusterrolebinding", "ClusterRoleBinding", false,
     false, false, false, "", ""},
    {"rbac.authorization.k8s.io", "v1", "clusterroles", "clusterrole", "ClusterRole", false, false, false, false, "",
     ""},
    {"rbac.authorization.k8s.io", "v1", "rolebindings", "rolebinding", "RoleBinding", true, false, false, false, "",
     ""},
    {"rbac.authorization.k8s.io", "v1", "roles", "role", "Role", true, false, false, false, "", ""},
    {"storage.k8s.io", "v1", "storageclasses", "storageclass", "StorageClass", false, false, false, false, "sc", ""},
    {"tekton.dev", "v1", "pipelineruns", "pipelinerun", "PipelineRun", true, true, false, false, "pr,prs",
     "tekton,tekton-pipelines"},
    {"tekton.dev", "v1", "pipelines", "pipeline", "Pipeline", true, false, false, false, "",
     "tekton,tekton-pipelines"},
    {"tekton.dev", "v1", "taskruns", "taskrun", "TaskRun", true, true, false, false, "tr,trs",
     "tekton,tekton-pipelines"},
    {"tekton.dev", "v1", "tasks", "task", "Task", true, false, false, false, "", "tekton,tekton-pipelines"},
});

}  // namespace

std::string ResourceKind::apiVersion() const {
    return group.empty() ? std::string(version) : std::string(group) + "/" + std::string(version);
}

std::string ResourceKind::qualifiedPlural() const {
    return group.empty() ? std::string(plural) : std::string(plural) + "." + std::string(group);
}

std::span<const ResourceKind> allKinds() {
    return kKinds;
}

const ResourceKind* findKind(std::string_view group, std::string_view version, std::string_view plural) {
    for (const ResourceKind& kind : kKinds) {
        if (kind.group == group && kind.version == version && kind.plural == plural) return &kind;
    }
    return nullptr;
}

const ResourceKind& kindNamed(std::string_view name) {
    for (const ResourceKind& kind : kKinds) {
        if (kind.kind == name) return kind;
    }
    assert(false && "no such kind");
    return kKinds.front();
}

}  // namespace cerebral::demo
