// The Pipeline and Tasks of the demo: parameters, workspaces and results are the contract of design
// section 5 that the receiver's manifests fill.
#include <nlohmann/json.hpp>

#include "app/demo/sim/landscape.h"

namespace cerebral::demo {
namespace {

Json params(std::initializer_list<std::string_view> names) {
    Json list = Json::array();
    for (const std::string_view name : names) list.push_back({{"name", name}, {"type", "string"}});
    return list;
}

/// Task parameters handed through from the pipeline's of the same name.
Json through(std::initializer_list<std::string_view> names) {
    Json list = Json::array();
    for (const std::string_view name : names)
        list.push_back({{"name", name}, {"value", "$(params." + std::string(name) + ")"}});
    return list;
}

Json named(std::string_view kind, std::string_view name, Json spec) {
    return {{"apiVersion", "tekton.dev/v1"},
            {"kind", kind},
            {"metadata", {{"name", name}, {"namespace", kPipelineNs}}},
            {"spec", std::move(spec)}};
}

Json pipelineTask(std::string_view name, Json taskParams) {
    return {{"name", name}, {"taskRef", {{"kind", "Task"}, {"name", name}}}, {"params", std::move(taskParams)}};
}

Json workspaces() {
    return Json::array({{{"name", "source"}}});
}

}  // namespace

Json pipelineDefinition() {
    Json declared = params({"repo-url", "revision", "branch", "image-name", "image-tag", "registry", "dockerfile",
                            "context", "base-image", "base-tag", "deployment", "deploy-namespace", "deploy"});
    Json clone = pipelineTask("git-clone-task", through({"repo-url", "revision"}));
    clone["workspaces"] = workspaces();
    Json build = pipelineTask("kaniko-build-task", through({"registry", "image-name", "image-tag", "dockerfile",
                                                            "context", "base-image", "base-tag"}));
    build["workspaces"] = workspaces();
    build["runAfter"] = Json::array({"git-clone-task"});
    build["retries"] = 1;
    Json deploy = pipelineTask("deploy-task", through({"deployment", "deploy-namespace"}));
    deploy["params"].push_back(
        {{"name", "image"}, {"value", "$(params.registry)/$(params.image-name):$(params.image-tag)"}});
    deploy["params"].push_back({{"name", "digest"}, {"value", "$(tasks.kaniko-build-task.results.image-digest)"}});
    deploy["when"] =
        Json::array({{{"input", "$(params.deploy)"}, {"operator", "in"}, {"values", Json::array({"true"})}}});
    const auto result = [](std::string_view name, std::string_view task) {
        return Json{{"name", name},
                    {"value", "$(tasks." + std::string(task) + ".results." + std::string(name) + ")"}};
    };
    return named(
        "Pipeline", "cerebral-microservice-pipeline",
        {{"params", std::move(declared)},
         {"workspaces",
          {{{"name", "source"}},
           {{"name", "docker-config"}, {"optional", true}},
           {{"name", "git-credentials"}, {"optional", true}}}},
         {"tasks", Json::array({std::move(clone), std::move(build), std::move(deploy)})},
         {"results", Json::array({result("commit", "git-clone-task"), result("image-digest", "kaniko-build-task"),
                                  result("image-url", "kaniko-build-task")})}});
}

std::vector<Json> taskDefinitions(const std::string& registryHost) {
    const auto results = [](std::initializer_list<std::string_view> names) {
        Json list = Json::array();
        for (const std::string_view name : names) list.push_back({{"name", name}, {"type", "string"}});
        return list;
    };
    const auto scriptStep = [](std::string_view name, std::string image, std::string_view script) {
        return Json::array({{{"name", name},
                             {"image", std::move(image)},
                             {"computeResources", Json::object()},
                             {"script", script}}});
    };
    const Json clone = {
        {"params", params({"repo-url", "revision"})},
        {"workspaces", workspaces()},
        {"results", results({"commit"})},
        {"steps", scriptStep("clone", registryHost + "/ci/git:2.39",
                             "#!/bin/sh\nset -eu\ncd \"$(workspaces.source.path)\"\ngit init -q src\ncd src\ngit "
                             "fetch -q --depth 1 \"$(params.repo-url)\" \"$(params.revision)\"\ngit checkout -q "
                             "FETCH_HEAD\ngit rev-parse HEAD | tr -d '\\n' > \"$(results.commit.path)\"\n")}};
    const Json build = {
        {"params",
         params({"registry", "image-name", "image-tag", "dockerfile", "context", "base-image", "base-tag"})},
        {"workspaces", workspaces()},
        {"results", results({"image-digest", "image-url"})},
        {"steps", Json::array({{{"name", "build"},
                                {"image", registryHost + "/ci/kaniko:v1.24.0"},
                                {"computeResources", Json::object()},
                                {"command", Json::array({"/kaniko/executor"})},
                                {"args",
                                 {"--context=dir://$(workspaces.source.path)/src/$(params.context)",
                                  "--dockerfile=$(workspaces.source.path)/src/$(params.dockerfile)",
                                  "--destination=$(params.registry)/$(params.image-name):$(params.image-tag)",
                                  "--build-arg=REGISTRY=$(params.registry)", "--build-arg=BASE=$(params.base-image)",
                                  "--build-arg=BASE_TAG=$(params.base-tag)", "--insecure", "--insecure-pull",
                                  "--digest-file=$(results.image-digest.path)"}}}})}};
    const Json deploy = {
        {"params", params({"deployment", "deploy-namespace", "image", "digest"})},
        {"steps",
         scriptStep(
             "deploy", registryHost + "/ci/kubectl:1.34",
             "#!/bin/sh\nset -eu\nkubectl -n \"$(params.deploy-namespace)\" set image "
             "\"deployment/$(params.deployment)\" \"*=$(params.image)@$(params.digest)\"\nkubectl -n "
             "\"$(params.deploy-namespace)\" rollout status \"deployment/$(params.deployment)\" --timeout=120s\n")}};
    return {named("Task", "git-clone-task", clone), named("Task", "kaniko-build-task", build),
            named("Task", "deploy-task", deploy)};
}

}  // namespace cerebral::demo
