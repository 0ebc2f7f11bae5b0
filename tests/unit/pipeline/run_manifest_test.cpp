#include <yaml-cpp/yaml.h>

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "core/config/run_template.h"
#include "core/pipeline/run_manifest.h"
#include "core/tekton/run_labels.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::pipeline;
using Json = nlohmann::json;

class RunManifestTest : public QObject {
    Q_OBJECT

    static BuildRequest request() {
        const config::Config config = config::defaultConfig();
        BuildRequest request;
        request.service = config.services.front();
        request.deploy = true;
        request.why = "microservices/ai-services/main.py changed";
        request.repository = "BAERAutoTech/cerebral";
        request.cloneUrl = "https://github.com/BAERAutoTech/cerebral.git";
        request.ref = "refs/heads/main";
        request.branch = "main";
        request.before = std::string(40, 'a');
        request.after = std::string(40, 'b');
        request.message = "fix: A thing\n\nAt length.";
        return request;
    }
    static Json manifest(const BuildRequest& request, const config::Config& config = config::defaultConfig()) {
        return Json::parse(runManifestJson(request, config));
    }
    static std::string param(const Json& manifest, const std::string& name) {
        for (const Json& param : manifest["spec"]["params"]) {
            if (param["name"] == name) return param["value"];
        }
        return "absent";
    }
    static QString workspaces(const Json& manifest) {
        QStringList names;
        for (const Json& workspace : manifest["spec"]["workspaces"]) {
            names << QString::fromStdString(workspace["name"]);
        }
        return names.join(' ');
    }

private slots:
    void theTemplateKnowsExactlyTheValuesThereAre() {
        const auto values = templateValues(request(), config::defaultConfig());
        QCOMPARE(values.size(), config::kTemplateValues.size());
        for (const std::string_view name : config::kTemplateValues) {
            QVERIFY2(values.contains(name), std::string(name).c_str());
        }
    }

    void optionalWorkspacesNeedASecret() {
        config::Config config = config::defaultConfig();
        QCOMPARE(workspaces(manifest(request(), config)), QString("source docker-config"));
        config.gitCredentialsSecret = "git-login";
        QCOMPARE(workspaces(manifest(request(), config)), QString("source docker-config git-credentials"));
        config.dockerConfigSecret.clear();
        QCOMPARE(workspaces(manifest(request(), config)), QString("source git-credentials"));
    }

    void baseReferences() {
        QCOMPARE(param(manifest(request()), "base-image"), std::string("10.34.0.202:5000/cerebral/ai-base:cuda"));
        BuildRequest plain = request();
        plain.service.baseTag.clear();
        QCOMPARE(param(manifest(plain), "base-image"), std::string());
        QCOMPARE(param(manifest(plain), "base-tag"), std::string());
    }

    /// Data from outside stays data: on nodes, in one pass.
    void hostileValuesStayValues() {
        BuildRequest hostile = request();
        hostile.branch = "x\"}],\"y\":[{$(registry)";
        hostile.message = std::string("\x1b]0;owned\x07") + "a\xff\x01" + "b" + std::string(1000, 'x');
        hostile.author = "$(params.x)";
        const Json json = manifest(hostile);
        QCOMPARE(param(json, "branch"), hostile.branch);
        const auto& annotations = json["metadata"]["annotations"];
        const QString message = QString::fromStdString(annotations[std::string(tekton::labels::kMessage)]);
        QVERIFY(message.startsWith(QString::fromUtf8("a\xEF\xBF\xBD bxxx")));
        QVERIFY(message.endsWith(QString::fromUtf8("…")));
        QVERIFY(message.size() <= 201);
        QCOMPARE(QString::fromStdString(annotations[std::string(tekton::labels::kAuthor)]), QString("$(params.x)"));
    }

    void annotationsAreBounded() {
        BuildRequest huge = request();
        for (std::string* text : {&huge.message, &huge.author, &huge.pusher, &huge.delivery, &huge.ref, &huge.why,
                                  &huge.repository, &huge.requestId, &huge.requestedBy, &huge.compareUrl}) {
            *text = std::string(1'000'000, 'x');
        }
        const Json json = manifest(huge);
        QVERIFY(json["metadata"]["annotations"].dump().size() < 10'240);
        // A URL cut short would lead elsewhere.
        QVERIFY(!json["metadata"]["annotations"].contains(std::string(tekton::labels::kCompareUrl)));
    }

    void rebuildsSayWhoAsked() {
        BuildRequest rebuild = request();
        rebuild.trigger = webhook::Trigger::Rebuild;
        rebuild.requestId = "rq-17";
        rebuild.requestedBy = "mara";
        const Json json = manifest(rebuild);
        QCOMPARE(json["metadata"]["labels"][std::string(tekton::labels::kTrigger)], Json("rebuild"));
        QCOMPARE(json["metadata"]["annotations"][std::string(tekton::labels::kRequestId)], Json("rq-17"));
        QCOMPARE(json["metadata"]["annotations"][std::string(tekton::labels::kRequestedBy)], Json("mara"));
        QVERIFY(!manifest(request())["metadata"]["annotations"].contains(std::string(tekton::labels::kRequestId)));
    }

    void aTemplateOfOnesOwn() {
        config::Config config = config::defaultConfig();
        const auto compiled = config::compileRunTemplate(
            "apiVersion: tekton.dev/v1\n"
            "kind: PipelineRun\n"
            "metadata:\n"
            "  labels: {team: platform, cerebral.baerautotech.com/service: forged}\n"
            "  annotations: {note: \"$(service) at $(revision), $(unknown.to.us)\"}\n"
            "spec:\n"
            "  pipelineRef: {name: other}\n"
            "  params:\n"
            "  - {name: list, value: [\"$(branch)\", fixed, 7, true]}\n",
            "t.yaml");
        QVERIFY2(compiled.has_value(), compiled ? "" : compiled.error().message.c_str());
        config.runTemplate = *compiled;
        const Json json = manifest(request(), config);
        QCOMPARE(json["metadata"]["labels"]["team"], Json("platform"));
        QCOMPARE(json["metadata"]["labels"][std::string(tekton::labels::kService)], Json("ai-services"));
        QCOMPARE(json["metadata"]["annotations"]["note"],
                 Json("ai-services at " + std::string(40, 'b') + ", $(unknown.to.us)"));
        QCOMPARE(json["spec"]["pipelineRef"]["name"], Json("other"));
        QCOMPARE(json["spec"]["params"][0]["value"], Json({"main", "fixed", 7, true}));
        QCOMPARE(json["metadata"]["namespace"], Json("tekton-pipelines"));
    }

    /// What people read says what the API server gets: a YAML reader finds the same texts.
    void yamlSaysTheSame() {
        BuildRequest odd = request();
        odd.branch = "true";
        odd.why = "- a: b # c\n\t\"'";
        odd.author = "007";
        odd.pusher = "null";
        const Json json = manifest(odd);
        const YAML::Node yaml = YAML::Load(runManifestYaml(odd, config::defaultConfig()));
        const auto same = [](const Json& left, const YAML::Node& right, const auto& self) -> bool {
            if (left.is_string()) {
                return right.Scalar() == left.get<std::string>() &&
                       (right.Tag() == "!" || left.get<std::string>().find_first_of(" #\"'") == std::string::npos);
            }
            if (left.size() != right.size()) return false;
            if (left.is_array()) {
                for (std::size_t i = 0; i < left.size(); ++i) {
                    if (!self(left[i], right[i], self)) return false;
                }
                return true;
            }
            for (const auto& [key, value] : left.items()) {
                if (!right[key].IsDefined() || !self(value, right[key], self)) return false;
            }
            return true;
        };
        QVERIFY(same(json, yaml, same));
        for (const YAML::Node& param : yaml["spec"]["params"]) {
            const std::string name = param["name"].Scalar();
            if (name == "branch" || name == "deploy") QCOMPARE(param["value"].Tag(), std::string("!"));
        }
        QCOMPARE(yaml["metadata"]["annotations"][std::string(tekton::labels::kAuthor)].Tag(), std::string("!"));
        QCOMPARE(yaml["metadata"]["annotations"][std::string(tekton::labels::kPusher)].Tag(), std::string("!"));
    }
};

CEREBRAL_TEST(RunManifestTest)
#include "run_manifest_test.moc"
