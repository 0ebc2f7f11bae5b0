#pragma once
/// @file ResourceType: which Kubernetes API a request goes to
/// (kubernetes.io/docs/reference/using-api/api-concepts, "Resource URIs").

#include <string>
#include <string_view>

namespace cerebral::kube {

struct ResourceType {
    std::string_view group;  ///< empty for the core group
    std::string_view version;
    std::string_view plural;  ///< "pipelineruns"
    std::string_view kind;    ///< "PipelineRun"
    bool namespaced = true;

    friend constexpr bool operator==(const ResourceType&, const ResourceType&) = default;
};

/// "/apis/tekton.dev/v1/namespaces/NS/pipelineruns", "/api/v1/nodes". An empty namespace of a
/// namespaced type means all namespaces.
[[nodiscard]] std::string collectionPath(const ResourceType& type, std::string_view ns);
[[nodiscard]] std::string objectPath(const ResourceType& type, std::string_view ns, std::string_view name);
/// "pipelineruns.tekton.dev", "pods": as the API server itself names a resource in messages.
[[nodiscard]] std::string describe(const ResourceType& type);

namespace types {
inline constexpr ResourceType kPipelineRuns{"tekton.dev", "v1", "pipelineruns", "PipelineRun"};
inline constexpr ResourceType kTaskRuns{"tekton.dev", "v1", "taskruns", "TaskRun"};
inline constexpr ResourceType kPipelines{"tekton.dev", "v1", "pipelines", "Pipeline"};
inline constexpr ResourceType kTasks{"tekton.dev", "v1", "tasks", "Task"};
inline constexpr ResourceType kPods{"", "v1", "pods", "Pod"};
inline constexpr ResourceType kEvents{"", "v1", "events", "Event"};
inline constexpr ResourceType kSecrets{"", "v1", "secrets", "Secret"};
inline constexpr ResourceType kServices{"", "v1", "services", "Service"};
inline constexpr ResourceType kServiceAccounts{"", "v1", "serviceaccounts", "ServiceAccount"};
inline constexpr ResourceType kConfigMaps{"", "v1", "configmaps", "ConfigMap"};
inline constexpr ResourceType kPersistentVolumeClaims{"", "v1", "persistentvolumeclaims", "PersistentVolumeClaim"};
inline constexpr ResourceType kNamespaces{"", "v1", "namespaces", "Namespace", false};
inline constexpr ResourceType kNodes{"", "v1", "nodes", "Node", false};
inline constexpr ResourceType kDeployments{"apps", "v1", "deployments", "Deployment"};
inline constexpr ResourceType kReplicaSets{"apps", "v1", "replicasets", "ReplicaSet"};
inline constexpr ResourceType kIngresses{"networking.k8s.io", "v1", "ingresses", "Ingress"};
}  // namespace types

}  // namespace cerebral::kube
