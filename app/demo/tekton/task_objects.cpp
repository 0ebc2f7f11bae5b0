#include "app/demo/tekton/task_objects.h"

#include <cassert>
#include <nlohmann/json.hpp>

#include "app/demo/sim/world.h"
#include "app/demo/store/identity.h"
#include "core/base/digest.h"
#include "core/base/encoding.h"

namespace cerebral::demo {
namespace {

Json mount(std::string_view name, std::string_view path, bool readOnly = false) {
    Json result = {{"name", name}, {"mountPath", path}};
    if (readOnly) result["readOnly"] = true;
    return result;
}

Json initContainer(std::string_view name, std::string_view image, Json command, Json args, Json mounts) {
    Json container = {{"name", name},
                      {"image", image},
                      {"command", std::move(command)},
                      {"resources", Json::object()},
                      {"volumeMounts", std::move(mounts)},
                      {"terminationMessagePath", "/dev/termination-log"},
                      {"terminationMessagePolicy", "File"},
                      {"imagePullPolicy", "IfNotPresent"}};
    if (!args.empty()) container["args"] = std::move(args);
    return container;
}

Json ownerReference(std::string_view apiVersion, std::string_view kind, std::string_view name, std::string_view uid) {
    return {{"apiVersion", apiVersion},  {"kind", kind}, {"name", name}, {"uid", uid}, {"controller", true},
            {"blockOwnerDeletion", true}};
}

Json childLabels(const TaskInstance& task) {
    Json labels = task.runLabels;
    labels["app.kubernetes.io/managed-by"] = "tekton-pipelines";
    labels["tekton.dev/memberOf"] = "tasks";
    labels["tekton.dev/pipeline"] = task.pipeline;
    labels["tekton.dev/pipelineRun"] = task.run->name;
    labels["tekton.dev/pipelineRunUID"] = task.run->uid;
    labels["tekton.dev/pipelineTask"] = task.task;
    labels["tekton.dev/task"] = task.task;
    return labels;
}

Json childAnnotations(const TaskInstance& task) {
    Json annotations = {{"pipeline.tekton.dev/release", "v1.9.0"}};
    if (!task.claim.empty()) annotations["pipeline.tekton.dev/affinity-assistant"] = task.affinityAssistant();
    return annotations;
}

}  // namespace

std::string TaskInstance::step() const {
    return taskSpec["steps"][0].value("name", "");
}
std::string TaskInstance::container() const {
    return "step-" + step();
}
std::string TaskInstance::image() const {
    return taskSpec["steps"][0].value("image", "");
}
bool TaskInstance::hasScript() const {
    return taskSpec["steps"][0].contains("script");
}
std::string TaskInstance::affinityAssistant() const {
    return "affinity-assistant-" + sha256Hex(run->name).substr(0, 10);
}

Json provenance() {
    return {{"featureFlags",
             {{"awaitSidecarReadiness", true},
              {"coschedule", "workspaces"},
              {"enableAPIFields", "beta"},
              {"enableProvenanceInStatus", true},
              {"enforceNonfalsifiability", "none"},
              {"maxResultSize", 4096},
              {"resultExtractionMethod", "termination-message"},
              {"runningInEnvWithInjectedSidecars", true},
              {"verificationNoMatchPolicy", "ignore"}}}};
}

Json succeededCondition(std::string_view status, std::string_view reason, std::string_view message,
                        std::string_view now) {
    return Json::array({{{"type", "Succeeded"},
                         {"status", status},
                         {"reason", reason},
                         {"message", message},
                         {"lastTransitionTime", now}}});
}

std::string imageId(std::string_view image) {
    const std::size_t at = image.find('@');
    const std::size_t slash = image.rfind('/', at);
    const std::size_t tag = image.find(':', slash == std::string_view::npos ? 0 : slash);
    const std::string repository(image.substr(0, std::min({at, tag, image.size()})));
    if (at != std::string_view::npos) return repository + std::string(image.substr(at));
    return repository + "@sha256:" + sha256Hex(image);
}

Json makeTaskRun(const TaskInstance& task) {
    Json spec = {{"serviceAccountName", task.serviceAccount},
                 {"taskRef", {{"kind", "Task"}, {"name", task.task}}},
                 {"timeout", "1h0m0s"}};
    if (!task.params.empty()) spec["params"] = task.params;
    if (task.retries > 0) spec["retries"] = task.retries;
    if (!task.claim.empty() && task.taskSpec.contains("workspaces")) {
        spec["workspaces"] =
            Json::array({{{"name", "source"}, {"persistentVolumeClaim", {{"claimName", task.claim}}}}});
    }
    Json owner = ownerReference("tekton.dev/v1", "PipelineRun", task.run->name, task.run->uid);
    return {{"metadata",
             {{"name", task.taskRun},
              {"namespace", task.run->ns},
              {"labels", childLabels(task)},
              {"annotations", childAnnotations(task)},
              {"ownerReferences", Json::array({std::move(owner)})}}},
            {"spec", std::move(spec)}};
}

Json makeTaskPod(const TaskInstance& task) {
    const std::string suffix = safeText(stableHash(task.pod), 5);
    const std::string access = "kube-api-access-" + suffix;
    const Json accessMount = mount(access, "/var/run/secrets/kubernetes.io/serviceaccount", true);
    const Json& step = task.taskSpec["steps"][0];
    const bool usesWorkspace = !task.claim.empty() && task.taskSpec.contains("workspaces");
    const std::string workspace = "ws-" + sha256Hex(task.claim).substr(0, 5);

    Json volumes = Json::array();
    for (const char* name : {"tekton-internal-workspace", "tekton-internal-home", "tekton-internal-results",
                             "tekton-internal-steps", "tekton-internal-artifacts"}) {
        volumes.push_back({{"name", name}, {"emptyDir", Json::object()}});
    }
    if (task.hasScript()) volumes.push_back({{"name", "tekton-internal-scripts"}, {"emptyDir", Json::object()}});
    volumes.push_back({{"name", "tekton-internal-bin"}, {"emptyDir", Json::object()}});
    volumes.push_back(
        {{"name", "tekton-internal-downward"},
         {"downwardAPI",
          {{"items",
            Json::array(
                {{{"path", "ready"},
                  {"fieldRef", {{"apiVersion", "v1"}, {"fieldPath", "metadata.annotations['tekton.dev/ready']"}}}}})},
           {"defaultMode", 420}}}});
    volumes.push_back({{"name", "tekton-creds-init-home-0"}, {"emptyDir", {{"medium", "Memory"}}}});
    volumes.push_back({{"name", "tekton-internal-run-0"}, {"emptyDir", Json::object()}});
    if (usesWorkspace)
        volumes.push_back({{"name", workspace}, {"persistentVolumeClaim", {{"claimName", task.claim}}}});
    volumes.push_back(
        {{"name", access},
         {"projected",
          {{"sources",
            Json::array(
                {{{"serviceAccountToken", {{"expirationSeconds", 3607}, {"path", "token"}}}},
                 {{"configMap",
                   {{"name", "kube-root-ca.crt"},
                    {"items", Json::array({{{"key", "ca.crt"}, {"path", "ca.crt"}}})}}}},
                 {{"downwardAPI",
                   {{"items", Json::array({{{"path", "namespace"},
                                            {"fieldRef",
                                             {{"apiVersion", "v1"}, {"fieldPath", "metadata.namespace"}}}}})}}}}})},
           {"defaultMode", 420}}}});

    Json inits = Json::array();
    inits.push_back(initContainer(
        "prepare", "ghcr.io/tektoncd/pipeline/entrypoint:v1.9.0",
        {"/ko-app/entrypoint", "init", "/ko-app/entrypoint", "/tekton/bin/entrypoint", task.container()},
        Json::array(),
        {mount("tekton-internal-bin", "/tekton/bin"), mount("tekton-internal-steps", "/tekton/steps"), accessMount}));
    inits[0]["workingDir"] = "/";
    const std::string script = "/tekton/scripts/script-0-" + suffix;
    if (task.hasScript()) {
        const std::string place =
            "scriptfile=\"" + script +
            "\"\ntouch ${scriptfile} && chmod +x ${scriptfile}\ncat > ${scriptfile} << '_EOF_'\n" +
            toBase64(step["script"].get<std::string>()) +
            "\n_EOF_\n/tekton/bin/entrypoint decode-script \"${scriptfile}\"\n";
        inits.push_back(initContainer("place-scripts", "cgr.dev/chainguard/busybox:latest", Json::array({"sh"}),
                                      Json::array({"-c", place}),
                                      {mount("tekton-internal-scripts", "/tekton/scripts"),
                                       mount("tekton-internal-bin", "/tekton/bin"), accessMount}));
    }

    Json mounts = Json::array();
    if (usesWorkspace) mounts.push_back(mount(workspace, "/workspace/source"));
    if (task.hasScript()) mounts.push_back(mount("tekton-internal-scripts", "/tekton/scripts", true));
    mounts.push_back(mount("tekton-internal-downward", "/tekton/downward", true));
    mounts.push_back(mount("tekton-creds-init-home-0", "/tekton/creds"));
    mounts.push_back(mount("tekton-internal-run-0", "/tekton/run/0"));
    mounts.push_back(mount("tekton-internal-bin", "/tekton/bin", true));
    mounts.push_back(mount("tekton-internal-workspace", "/workspace"));
    mounts.push_back(mount("tekton-internal-home", "/tekton/home"));
    mounts.push_back(mount("tekton-internal-results", "/tekton/results"));
    mounts.push_back(mount("tekton-internal-steps", "/tekton/steps", true));
    mounts.push_back(mount("tekton-internal-artifacts", "/tekton/artifacts"));
    mounts.push_back(accessMount);
    Json args = {"-wait_file",          "/tekton/downward/ready", "-wait_file_content",
                 "-post_file",          "/tekton/run/0/out",      "-termination_path",
                 "/tekton/termination", "-step_metadata_dir",     "/tekton/run/0/status"};
    if (task.taskSpec.contains("results")) {
        std::string names;
        for (const Json& result : task.taskSpec["results"])
            names += (names.empty() ? "" : ",") + result.value("name", "");
        args.push_back("-results");
        args.push_back(names);
    }
    args.push_back("-entrypoint");
    args.push_back(task.hasScript() ? Json(script) : step["command"][0]);
    args.push_back("--");
    for (const Json& arg : step.value("args", Json::array())) args.push_back(arg);
    const Json container = {{"name", task.container()},
                            {"image", task.image()},
                            {"command", Json::array({"/tekton/bin/entrypoint"})},
                            {"args", std::move(args)},
                            {"resources", Json::object()},
                            {"volumeMounts", std::move(mounts)},
                            {"terminationMessagePath", "/tekton/termination"},
                            {"terminationMessagePolicy", "File"},
                            {"imagePullPolicy", "IfNotPresent"}};

    Json labels = childLabels(task);
    labels["tekton.dev/taskRun"] = task.taskRun;
    labels["tekton.dev/taskRunUID"] = task.taskRunUid;
    const auto toleration = [](std::string_view key) {
        return Json{{"key", key}, {"operator", "Exists"}, {"effect", "NoExecute"}, {"tolerationSeconds", 300}};
    };
    Json spec = {
        {"volumes", std::move(volumes)},
        {"initContainers", std::move(inits)},
        {"containers", Json::array({container})},
        {"restartPolicy", "Never"},
        {"terminationGracePeriodSeconds", 30},
        {"activeDeadlineSeconds", 5400},
        {"dnsPolicy", "ClusterFirst"},
        {"serviceAccountName", task.serviceAccount},
        {"serviceAccount", task.serviceAccount},
        {"securityContext", Json::object()},
        {"schedulerName", "default-scheduler"},
        {"tolerations", {toleration("node.kubernetes.io/not-ready"), toleration("node.kubernetes.io/unreachable")}},
        {"priority", 0},
        {"enableServiceLinks", true},
        {"preemptionPolicy", "PreemptLowerPriority"}};
    if (!task.claim.empty()) {
        const Json term = {{"labelSelector",
                            {{"matchLabels",
                              {{"app.kubernetes.io/component", "affinity-assistant"},
                               {"app.kubernetes.io/instance", task.affinityAssistant()}}}}},
                           {"topologyKey", "kubernetes.io/hostname"}};
        spec["affinity"] = {
            {"podAffinity", {{"requiredDuringSchedulingIgnoredDuringExecution", Json::array({term})}}}};
    }
    Json owner = ownerReference("tekton.dev/v1", "TaskRun", task.taskRun, task.taskRunUid);
    return {{"metadata",
             {{"name", task.pod},
              {"namespace", task.run->ns},
              {"labels", std::move(labels)},
              {"annotations", childAnnotations(task)},
              {"ownerReferences", Json::array({std::move(owner)})}}},
            {"spec", std::move(spec)},
            {"status", {{"phase", "Pending"}, {"qosClass", "BestEffort"}}}};
}

}  // namespace cerebral::demo
