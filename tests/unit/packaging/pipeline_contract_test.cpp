#include <QtTest/QtTest>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/pipeline/run_manifest.h"
#include "tests/support/test_main.h"
#include "tests/unit/packaging/manifests.h"

using namespace cerebral;
using test::manifest;
using test::named;
using test::namesOf;
using Json = nlohmann::json;

/// What the receiver sends is what the pipeline takes; what the pipeline passes is what its tasks take.
class PipelineContractTest : public QObject {
    Q_OBJECT

    static YAML::Node pipeline() {
        return manifest("tekton/cerebral-microservice-pipeline.yaml", "Pipeline",
                        "cerebral-microservice-pipeline")["spec"];
    }
    static YAML::Node task(const std::string& name) {
        return manifest("tekton/" + name + ".yaml", "Task", name)["spec"];
    }
    static Json run() {
        config::Config config = config::defaultConfig();
        config.gitCredentialsSecret = "git-login";
        pipeline::BuildRequest request;
        request.service = config.services.front();
        request.branch = "main";
        return Json::parse(pipeline::runManifestJson(request, config));
    }
    static std::vector<std::string> sorted(std::vector<std::string> names) {
        std::sort(names.begin(), names.end());
        return names;
    }
    static std::vector<std::string> namesIn(const Json& list) {
        std::vector<std::string> names;
        for (const Json& entry : list) names.push_back(entry["name"]);
        return names;
    }

private slots:
    void runsFitThePipeline() {
        QCOMPARE(sorted(namesIn(run()["spec"]["params"])), sorted(namesOf(pipeline()["params"])));
        QCOMPARE(sorted(namesIn(run()["spec"]["workspaces"])), sorted(namesOf(pipeline()["workspaces"])));
        QCOMPARE(run()["spec"]["pipelineRef"]["name"].get<std::string>(),
                 std::string("cerebral-microservice-pipeline"));
        const YAML::Node account = manifest("tekton/cerebral-pipeline-rbac.yaml", "ServiceAccount",
                                            run()["spec"]["taskRunTemplate"]["serviceAccountName"]);
        QVERIFY(account.IsDefined());
        for (const Json& param : run()["spec"]["params"]) QVERIFY(param["value"].is_string());
        for (const auto& param : pipeline()["params"]) QCOMPARE(param["type"].Scalar(), std::string("string"));
    }

    void theThreeTasks() {
        QCOMPARE(namesOf(pipeline()["tasks"]),
                 (std::vector<std::string>{"git-clone-task", "kaniko-build-task", "deploy-task"}));
        for (const auto& step : pipeline()["tasks"]) {
            QCOMPARE(step["taskRef"]["name"].Scalar(), step["name"].Scalar());
            const YAML::Node taken = task(step["taskRef"]["name"].Scalar());
            for (const std::string& name : namesOf(step["params"])) {
                QVERIFY2(named(taken["params"], name).IsDefined(), name.c_str());
            }
            for (const auto& param : taken["params"]) {
                const bool given = named(step["params"], param["name"].Scalar()).IsDefined();
                QVERIFY2(given || param["default"].IsDefined(), param["name"].Scalar().c_str());
            }
            QCOMPARE(sorted(namesOf(step["workspaces"])), sorted(namesOf(taken["workspaces"])));
        }
    }

    void everyReferenceLeadsSomewhere() {
        const std::string text = YAML::Dump(pipeline());
        for (std::size_t at = text.find("$("); at != std::string::npos; at = text.find("$(", at + 1)) {
            const std::string reference = text.substr(at + 2, text.find(')', at) - at - 2);
            if (reference.starts_with("params.")) {
                QVERIFY2(named(pipeline()["params"], reference.substr(7)).IsDefined(), reference.c_str());
                continue;
            }
            QVERIFY2(reference.starts_with("tasks."), reference.c_str());
            const std::size_t dot = reference.find('.', 6);
            const std::string result = reference.substr(reference.rfind('.') + 1);
            QVERIFY2(named(task(reference.substr(6, dot - 6))["results"], result).IsDefined(), reference.c_str());
        }
        QCOMPARE(namesOf(pipeline()["results"]), (std::vector<std::string>{"commit", "image-digest", "image-url"}));
    }

    void deploymentIsPinnedAndConditional() {
        const YAML::Node deploy = named(pipeline()["tasks"], "deploy-task");
        QCOMPARE(named(deploy["params"], "image-digest")["value"].Scalar(),
                 std::string("$(tasks.kaniko-build-task.results.image-digest)"));
        QCOMPARE(deploy["when"][0]["input"].Scalar(), std::string("$(params.deploy)"));
        QCOMPARE(deploy["when"][0]["values"][0].Tag(), std::string("!"));  // a text, not a boolean
    }

    /// Parameters are data of whoever may push: in a script they would be code.
    void noScriptHoldsAParameter() {
        for (const char* name : {"git-clone-task", "kaniko-build-task", "deploy-task"}) {
            for (const auto& step : task(name)["steps"]) {
                const std::string script = step["script"].Scalar();
                QVERIFY(!script.empty());
                for (const char* variable : {"$(params", "$(workspaces", "$(results", "$(tasks", "$(context"}) {
                    QVERIFY2(script.find(variable) == std::string::npos, name);
                }
            }
        }
    }
};

CEREBRAL_TEST(PipelineContractTest)
#include "pipeline_contract_test.moc"
