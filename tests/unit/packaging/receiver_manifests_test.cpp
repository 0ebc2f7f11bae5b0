#include <QDir>
#include <QtTest/QtTest>

#include "core/config/config.h"
#include "tests/support/test_main.h"
#include "tests/unit/packaging/manifests.h"

using namespace cerebral;
using test::manifest;
using test::named;

/// Names, ports and keys of the platform, and what Kubernetes would otherwise refuse or drop silently.
class ReceiverManifestsTest : public QObject {
    Q_OBJECT

    static constexpr const char* kFolder = "k8s/ci-cd/";
    static YAML::Node object(const char* file, const char* kind, const char* name, const char* ns = "") {
        return manifest(std::string(kFolder) + file, kind, name, ns);
    }
    static YAML::Node container() {
        return object("webhook-receiver.yaml", "Deployment",
                      "github-webhook-receiver")["spec"]["template"]["spec"]["containers"][0];
    }
    static std::string env(const std::string& name) { return named(container()["env"], name)["value"].Scalar(); }

private slots:
    void theWayInIsPort3000() {
        const YAML::Node ingress = object("webhook-receiver-ingress.yaml", "Ingress", "cerebral-github-listener");
        QCOMPARE(ingress["metadata"]["namespace"].Scalar(), std::string("cerebral-development"));
        const YAML::Node rule = ingress["spec"]["rules"][0];
        QCOMPARE(rule["host"].Scalar(), std::string("webhook.dev.cerebral.baerautotech.com"));
        const YAML::Node backend = rule["http"]["paths"][0]["backend"]["service"];
        QCOMPARE(backend["name"].Scalar(), std::string("github-webhook-receiver"));
        QCOMPARE(backend["port"]["number"].as<int>(), 3000);
        QCOMPARE(ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"].Scalar(),
                 std::string("26m"));

        const YAML::Node across =
            object("webhook-receiver-ingress.yaml", "Service", "github-webhook-receiver", "cerebral-development");
        QCOMPARE(across["spec"]["type"].Scalar(), std::string("ExternalName"));
        QCOMPARE(across["spec"]["externalName"].Scalar(),
                 std::string("github-webhook-receiver.tekton-pipelines.svc.cluster.local"));
        QCOMPARE(across["spec"]["ports"][0]["port"].as<int>(), 3000);

        const YAML::Node service =
            object("webhook-receiver.yaml", "Service", "github-webhook-receiver", "tekton-pipelines");
        QCOMPARE(service["spec"]["ports"][0]["port"].as<int>(), 3000);
        QCOMPARE(named(container()["ports"], service["spec"]["ports"][0]["targetPort"].Scalar())["containerPort"]
                     .as<int>(),
                 3000);
        QCOMPARE(env("PORT"), std::string("3000"));
    }

    void deploymentIsThePlatforms() {
        const YAML::Node deployment = object("webhook-receiver.yaml", "Deployment", "github-webhook-receiver");
        QCOMPARE(deployment["metadata"]["namespace"].Scalar(), std::string("tekton-pipelines"));
        QCOMPARE(deployment["spec"]["replicas"].as<int>(), 2);
        const YAML::Node labels = deployment["spec"]["template"]["metadata"]["labels"];
        QCOMPARE(labels["app.kubernetes.io/name"].Scalar(), std::string("github-webhook-receiver"));
        QCOMPARE(container()["image"].Scalar(), std::string("10.34.0.202:5000/webhook-receiver:latest"));
        QCOMPARE(env("KUBE_NAMESPACE"), std::string("tekton-pipelines"));
        const YAML::Node secret = named(container()["env"], "GITHUB_WEBHOOK_SECRET")["valueFrom"]["secretKeyRef"];
        QCOMPARE(secret["name"].Scalar(), std::string("github-webhook-secret"));
        QCOMPARE(secret["key"].Scalar(), std::string("secretToken"));
        QVERIFY(named(container()["env"], "GITHUB_WEBHOOK_SECRET_PREVIOUS")["valueFrom"]["secretKeyRef"]["optional"]
                    .as<bool>());
    }

    void selectorsSelectThePods() {
        const auto app = [](const YAML::Node& selector) { return selector["app.kubernetes.io/name"].Scalar(); };
        const YAML::Node deployment = object("webhook-receiver.yaml", "Deployment", "github-webhook-receiver");
        const std::string name = app(deployment["spec"]["template"]["metadata"]["labels"]);
        QCOMPARE(app(deployment["spec"]["selector"]["matchLabels"]), name);
        QCOMPARE(app(object("webhook-receiver.yaml", "Service", "github-webhook-receiver")["spec"]["selector"]),
                 name);
        QCOMPARE(app(object("webhook-receiver.yaml", "PodDisruptionBudget",
                            "github-webhook-receiver")["spec"]["selector"]["matchLabels"]),
                 name);
        QCOMPARE(app(object("webhook-receiver-network-policy.yaml", "NetworkPolicy",
                            "github-webhook-receiver")["spec"]["podSelector"]["matchLabels"]),
                 name);
    }

    void probesAskTheAdminPort() {
        for (const char* probe : {"startupProbe", "livenessProbe", "readinessProbe"}) {
            QCOMPARE(container()[probe]["httpGet"]["port"].Scalar(), std::string("admin"));
        }
        QCOMPARE(container()["livenessProbe"]["httpGet"]["path"].Scalar(), std::string("/healthz"));
        QCOMPARE(container()["readinessProbe"]["httpGet"]["path"].Scalar(), std::string("/readyz"));
        QCOMPARE(named(container()["ports"], "admin")["containerPort"].Scalar(), env("ADMIN_PORT"));
    }

    /// The receiver itself must pass the "restricted" level that it is deployed beside.
    void runsWithoutPrivileges() {
        const YAML::Node pod =
            object("webhook-receiver.yaml", "Deployment", "github-webhook-receiver")["spec"]["template"]["spec"];
        QVERIFY(pod["securityContext"]["runAsNonRoot"].as<bool>());
        QCOMPARE(pod["securityContext"]["seccompProfile"]["type"].Scalar(), std::string("RuntimeDefault"));
        const YAML::Node security = container()["securityContext"];
        QVERIFY(!security["allowPrivilegeEscalation"].as<bool>());
        QVERIFY(security["readOnlyRootFilesystem"].as<bool>());
        QCOMPARE(security["capabilities"]["drop"][0].Scalar(), std::string("ALL"));
        const YAML::Node spool = named(container()["volumeMounts"], "spool");
        QCOMPARE(spool["mountPath"].Scalar(), env("SPOOL_DIR"));
        QVERIFY(named(pod["volumes"], "spool")["emptyDir"].IsMap());
    }

    void rightsAreTheLeast() {
        const YAML::Node role =
            object("webhook-receiver-rbac.yaml", "Role", "github-webhook-receiver", "tekton-pipelines");
        QCOMPARE(role["rules"].size(), std::size_t{1});
        QCOMPARE(role["rules"][0]["resources"][0].Scalar(), std::string("pipelineruns"));
        for (const YAML::Node& any : test::manifests("k8s/ci-cd/webhook-receiver-rbac.yaml")) {
            for (const auto& rule : any["rules"]) {
                for (const char* field : {"apiGroups", "resources", "verbs"}) {
                    for (const auto& value : rule[field]) {
                        QVERIFY(value.Scalar() != "*" && value.Scalar() != "secrets" && value.Scalar() != "delete");
                    }
                }
            }
        }
        const YAML::Node mint = object("rebuild-trigger.yaml", "Role", "rebuild-trigger");
        QCOMPARE(mint["rules"][0]["resources"][0].Scalar(), std::string("serviceaccounts/token"));
        QCOMPARE(mint["rules"][0]["resourceNames"][0].Scalar(), std::string("rebuild-trigger"));
    }

    void kanikoMayRun() {
        const YAML::Node ns = object("tekton-namespace.yaml", "Namespace", "tekton-pipelines");
        QCOMPARE(ns["metadata"]["labels"]["pod-security.kubernetes.io/enforce"].Scalar(), std::string("baseline"));
    }

    void theShippedConfigurationIsTheDefault() {
        const YAML::Node map = object("webhook-receiver-config.yaml", "ConfigMap", "github-webhook-receiver");
        const auto config = config::parseConfig(map["data"]["receiver.yaml"].Scalar(), "receiver.yaml");
        QVERIFY2(config.has_value(), config ? "" : config.error().message.c_str());
        const config::Config standard = config::defaultConfig();
        QCOMPARE(config->registry, standard.registry);
        QCOMPARE(config->deployNamespace, standard.deployNamespace);
        QCOMPARE(config->baseImagePaths, standard.baseImagePaths);
        QCOMPARE(config->services.size(), standard.services.size());
        for (std::size_t i = 0; i < standard.services.size(); ++i) {
            QCOMPARE(config->services[i].name, standard.services[i].name);
            QCOMPARE(config->services[i].baseTag, standard.services[i].baseTag);
        }
        QCOMPARE(env("CEREBRAL_CONFIG"),
                 named(container()["volumeMounts"], "config")["mountPath"].Scalar() + "/receiver.yaml");
    }

    void kustomizationsHoldEveryFile() {
        for (const char* folder : {"k8s/ci-cd", "tekton"}) {
            QStringList listed;
            for (const auto& name : test::manifests(std::string(folder) + "/kustomization.yaml")[0]["resources"]) {
                listed << QString::fromStdString(name.Scalar());
            }
            QStringList files = QDir(QString(CEREBRAL_PACKAGING "/") + folder).entryList({"*.yaml"}, QDir::Files);
            files.removeOne("kustomization.yaml");
            listed.sort();
            QCOMPARE(listed, files);
        }
    }

    void everyObjectSaysWhatAndWhereItIs() {
        for (const QString folder : {"k8s/ci-cd/", "tekton/"}) {
            for (const QString& file :
                 QDir(QString(CEREBRAL_PACKAGING "/") + folder).entryList({"*.yaml"}, QDir::Files)) {
                if (file == "kustomization.yaml") continue;
                for (const YAML::Node& object : test::manifests((folder + file).toStdString())) {
                    QVERIFY2(object["apiVersion"].IsDefined() && object["kind"].IsDefined(), qPrintable(file));
                    const std::string kind = object["kind"].Scalar();
                    const bool clusterWide = kind == "Namespace" || kind.starts_with("ClusterRole");
                    QVERIFY2(clusterWide != object["metadata"]["namespace"].IsDefined(), qPrintable(file));
                }
            }
        }
    }
};

CEREBRAL_TEST(ReceiverManifestsTest)
#include "receiver_manifests_test.moc"
