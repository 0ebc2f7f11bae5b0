// The real kubectl against the demo cluster: what people type must work.
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "app/demo/demo_cluster.h"
#include "tests/support/test_main.h"
#include "tests/support/tools.h"

using namespace cerebral;
using namespace cerebral::demo;

class KubectlTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::unique_ptr<Logger> log_ = makeNullLogger();
    std::unique_ptr<DemoCluster> cluster_;
    QString config_;

    struct Done {
        int code = -1;
        QString out, err;
    };
    Done kubectl(const QStringList& arguments, const QByteArray& input = {}) const {
        QProcess process;
        process.start("kubectl", QStringList{"--kubeconfig", config_, "--cache-dir", folder_.filePath("cache"),
                                             "--request-timeout=20s"} +
                                     arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    QByteArray run(const char* name, const char* message = "feat: x") const {
        const std::string registry = cluster_->registryHost();
        const std::pair<const char*, std::string> values[] = {
            {"repo-url", "https://github.com/baerautotech/cerebral.git"},
            {"revision", std::string(40, 'a')},
            {"branch", "main"},
            {"image-name", "cerebral/ai-services"},
            {"image-tag", "main"},
            {"registry", registry},
            {"dockerfile", "microservices/ai-services/Dockerfile"},
            {"context", "microservices/ai-services"},
            {"base-image", registry + "/cerebral/ai-base:cuda"},
            {"base-tag", "cuda"},
            {"deployment", "ai-services"},
            {"deploy-namespace", "cerebral-platform"},
            {"deploy", "true"}};
        nlohmann::json params = nlohmann::json::array();
        for (const auto& [key, value] : values) params.push_back({{"name", key}, {"value", value}});
        const nlohmann::json tree = {
            {"apiVersion", "tekton.dev/v1"},
            {"kind", "PipelineRun"},
            {"metadata",
             {{"name", name},
              {"labels", {{"cerebral.baerautotech.com/service", "ai-services"}}},
              {"annotations", {{"cerebral.baerautotech.com/message", message}}}}},
            {"spec", {{"pipelineRef", {{"name", "cerebral-microservice-pipeline"}}}, {"params", params}}}};
        return QByteArray::fromStdString(tree.dump());
    }

private slots:
    void initTestCase() {
        if (test::usableKubectl().isEmpty()) {
            if (test::toolsAreRequired()) QFAIL("no kubectl of at least 1.28 on PATH");
            QSKIP("SKIP-ALL: no kubectl of at least 1.28 on PATH (Debian's 1.20 is too old)");
        }
        DemoOptions options;
        options.speed = 200;
        config_ = folder_.filePath("config");
        options.writeKubeconfig = config_.toStdString();
        auto cluster = DemoCluster::start(options, *log_);
        QVERIFY2(cluster.has_value(), cluster ? "" : cluster.error().message.c_str());
        cluster_ = std::move(*cluster);
    }
    void readingCommandsWork_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("shows");
        const auto row = [](const char* command, const char* shows) { QTest::newRow(command) << command << shows; };
        row("get deploy -n cerebral-platform", "ai-services\\s+2/2");
        row("get deploy -n cerebral-platform -o wide", "app=ai-services");
        row("get pods -A -o yaml", "phase: Running");
        row("get pods -n cerebral-platform -l app=data-services", "1/1\\s+Running");
        row("get pods -A --field-selector status.phase=Running --chunk-size=3", "monitoring-services");
        row("describe deploy ai-services -n cerebral-platform", "NewReplicaSet:\\s+ai-services-");
        row("describe node node1", "KubeletReady");
        row("describe ingress -n cerebral-development", "cerebral-github-listener:3000");
        row("api-resources", "pipelineruns\\s+pr,prs\\s+tekton.dev/v1");
        row("auth whoami", "admin");
        row("auth can-i create pipelineruns.tekton.dev", "yes");
        row("create token viewer", "^ey");
        row("rollout status deploy/ai-services -n cerebral-platform", "successfully rolled out");
        row("rollout history deploy/ai-services -n cerebral-platform", "REVISION");
        row("logs -n cerebral-platform deploy/ai-services", "Uvicorn running");
        row("version", "v1.34.4");
    }
    void readingCommandsWork() {
        QFETCH(QString, command);
        QFETCH(QString, shows);
        const Done done = kubectl(command.split(' '));
        QVERIFY2(done.code == 0, qPrintable(done.err));
        QVERIFY2(QRegularExpression(shows).match(done.out).hasMatch(), qPrintable(done.out));
    }
    void viewersMayNotCreate() {
        const Done done = kubectl({"--context", "demo-viewer", "auth", "can-i", "create", "pipelineruns.tekton.dev"});
        QCOMPARE(done.out.trimmed(), QString("no"));
        const Done create = kubectl({"--context", "demo-viewer", "create", "-f", "-"}, run("refused"));
        QVERIFY(create.code != 0);
        QVERIFY2(create.err.contains("cannot create resource \"pipelineruns\""), qPrintable(create.err));
    }
    void aRunGoesThroughToNewPods() {
        Done done = kubectl({"create", "-f", "-"}, run("good"));
        QVERIFY2(done.code == 0, qPrintable(done.err));
        QVERIFY(kubectl({"create", "-f", "-"}, run("good")).err.contains("AlreadyExists"));
        done = kubectl({"wait", "--for=condition=Succeeded", "pipelinerun/good", "--timeout=40s"});
        QVERIFY2(done.code == 0, qPrintable(done.err));
        QVERIFY(kubectl({"get", "pr", "good"}).out.contains(QRegularExpression("good\\s+True\\s+Succeeded")));
        QVERIFY(kubectl({"logs", "-f", "good-kaniko-build-task-pod"}).out.contains("Pushed 127.0.0.1:"));
        QVERIFY(kubectl({"logs", "good-deploy-task-pod", "--timestamps", "--tail=1"})
                    .out.contains(QRegularExpression("^20\\S+Z deployment .* successfully rolled out")));
        QVERIFY(kubectl({"describe", "pr", "good"})
                    .out.contains("Tasks Completed: 3 (Failed: 0, Cancelled 0), Skipped: 0"));
        QVERIFY(kubectl({"get", "deploy", "ai-services", "-n", "cerebral-platform", "-o", "wide"})
                    .out.contains("ai-services:main@sha256:"));
        for (const char* command : {"rollout undo", "rollout restart"}) {
            done =
                kubectl(QString(command).split(' ') + QStringList{"deploy/ai-services", "-n", "cerebral-platform"});
            QVERIFY2(done.code == 0, qPrintable(done.err));
            QVERIFY(kubectl({"rollout", "status", "deploy/ai-services", "-n", "cerebral-platform", "--timeout=40s"})
                        .out.contains("successfully rolled out"));
        }
        QCOMPARE(kubectl({"delete", "pr", "good"}).code, 0);
        QVERIFY(!kubectl({"get", "tr"}).out.contains("good"));
    }
    void aWatchShowsChangesAsTheyCome() {
        QProcess watch;
        watch.start("kubectl", {"--kubeconfig", config_, "get", "pr", "-w", "--output-watch-events"});
        QVERIFY(watch.waitForStarted());
        // The watch is open when the server says so; kubectl prints what it lists before.
        QVERIFY(QTest::qWaitFor([&] { return cluster_->openWatches() > 0; }, 40'000));
        QCOMPARE(kubectl({"create", "-f", "-"}, run("watched")).code, 0);
        QString seen;
        QVERIFY2(QTest::qWaitFor(
                     [&] {
                         seen += QString::fromUtf8(watch.readAllStandardOutput());
                         return seen.contains(QRegularExpression("MODIFIED\\s+watched\\s+True\\s+Succeeded"));
                     },
                     40'000),
                 qPrintable(seen));
        QVERIFY(seen.contains(QRegularExpression("ADDED\\s+watched")));
        watch.kill();
        watch.waitForFinished();
    }
    void aFailingRunFails() {
        QCOMPARE(kubectl({"create", "-f", "-"}, run("broken", "feat: x [demo:compile-failure]")).code, 0);
        const Done done = kubectl({"wait", "--for=condition=Succeeded=False", "pipelinerun/broken", "--timeout=40s"});
        QVERIFY2(done.code == 0, qPrintable(done.err));
        QVERIFY(kubectl({"logs", "broken-kaniko-build-task-pod-retry1"}).out.contains("SyntaxError"));
    }
    void aRunIsCancelledByPatch() {
        QCOMPARE(kubectl({"create", "-f", "-"}, run("slow", "x [demo:timeout]")).code, 0);
        QCOMPARE(
            kubectl({"patch", "pr", "slow", "--type=merge", "-p", "{\"spec\":{\"status\":\"CancelledRunFinally\"}}"})
                .code,
            0);
        QCOMPARE(kubectl({"wait", "--for=condition=Succeeded=False", "pipelinerun/slow", "--timeout=40s"}).code, 0);
        QVERIFY(kubectl({"get", "pr", "slow"}).out.contains("Cancelled"));
    }
    void stoppingRemovesTheKubeconfig() {
        cluster_->stop();
        QVERIFY(!QFile::exists(config_));
    }
};

CEREBRAL_TEST(KubectlTest)
#include "kubectl_test.moc"
