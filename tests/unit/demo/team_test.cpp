// The scripted team, the real receiver and the cluster together: what was pushed is what is built.
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "app/demo/demo_cluster.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"
#include "tests/unit/demo/demo_client.h"

using namespace cerebral;
using namespace cerebral::demo;
using test::DemoClient;
using Json = nlohmann::json;

class TeamTest : public QObject {
    Q_OBJECT
    static constexpr double kSpeed = 60;
    static constexpr int kDeadlineMs = 90'000;

    QTemporaryDir folder_;
    std::unique_ptr<Logger> log_ = makeNullLogger();
    std::unique_ptr<DemoCluster> cluster_;
    std::unique_ptr<test::ReceiverProcess> receiver_;
    std::unique_ptr<DemoClient> client_;
    std::map<std::string, std::vector<std::string>> pushed_;  ///< story → names of its runs

    static void write(const QString& path, const std::string& text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.data(), static_cast<qint64>(text.size()));
    }
    /// Names of the runs the receiver has created so far, by the server's own record.
    [[nodiscard]] std::vector<std::string> created() const {
        std::vector<std::string> names;
        for (const CreateEntry& entry : cluster_->record()) {
            if (entry.kind == "PipelineRun" && entry.outcome == "created" &&
                entry.user == "system:serviceaccount:tekton-pipelines:github-webhook-receiver")
                names.push_back(entry.name);
        }
        return names;
    }
    /// Pushes and waits for `count` runs of it.
    bool push(const std::string& story, std::size_t count) {
        const std::size_t before = created().size();
        if (!cluster_->push(story)) return false;
        if (!QTest::qWaitFor([&] { return created().size() == before + count; }, kDeadlineMs)) return false;
        const auto all = created();
        pushed_[story].assign(all.begin() + static_cast<std::ptrdiff_t>(before), all.end());
        return true;
    }
    bool ends(const std::string& run, const std::string& reason) {
        return QTest::qWaitFor([&] { return DemoClient::reason(client_->run(run)) == reason; }, kDeadlineMs);
    }

private slots:
    void initTestCase() {
        DemoOptions options;
        options.speed = kSpeed;
        auto cluster = DemoCluster::start(options, *log_);
        QVERIFY(cluster.has_value());
        cluster_ = std::move(*cluster);
        client_ = std::make_unique<DemoClient>(*cluster_);

        Json config = Json::parse(cluster_->kubeconfig());
        config["current-context"] = "demo-receiver";
        test::ReceiverPlan plan;
        plan.kubeconfig = folder_.filePath("kubeconfig").toStdString();
        plan.configFile = folder_.filePath("cerebral.yaml").toStdString();
        plan.spoolDir = folder_.filePath("spool").toStdString();
        plan.more["ADMIN_ADDRESS"] = "127.0.0.1";
        write(folder_.filePath("kubeconfig"), config.dump());
        write(folder_.filePath("cerebral.yaml"), cluster_->configYaml());
        receiver_ = std::make_unique<test::ReceiverProcess>(plan);
        QVERIFY2(receiver_->started(), receiver_->process().standardError().constData());

        TeamOptions team;
        team.receiverUrl = "http://127.0.0.1:" + std::to_string(receiver_->port()) + "/";
        team.receiverAdminUrl = "http://127.0.0.1:" + std::to_string(receiver_->adminPort());
        team.webhookSecret = Secret(test::ReceiverProcess::kSecret);
        QVERIFY(cluster_->startTeam(std::move(team)).has_value());
    }
    void aPushGoesLive() {
        QVERIFY(push("feature", 1));
        const std::string run = pushed_["feature"][0];
        QVERIFY2(ends(run, "Succeeded"), DemoClient::reason(client_->run(run)).c_str());
        const Json results = client_->run(run)["status"]["results"];
        std::string digest;
        for (const Json& result : results) {
            if (result["name"] == "image-digest") digest = result["value"];
        }
        QVERIFY(digest.starts_with("sha256:"));
        const Json pods =
            client_->json("/api/v1/namespaces/cerebral-platform/pods?labelSelector=app%3Dai-services")["items"];
        std::size_t live = 0;
        for (const Json& pod : pods) {
            const std::string image = pod["spec"]["containers"][0]["image"];
            if (image.ends_with("ai-services:main@" + digest) && pod["status"]["phase"] == "Running") ++live;
        }
        QCOMPARE(live, std::size_t{2});
        QCOMPARE(client_
                     ->registry(net::Method::Head, "/v2/cerebral/ai-services/manifests/main", {},
                                {{"Accept", "application/vnd.oci.image.manifest.v1+json"}})
                     .headers.find("Docker-Content-Digest"),
                 std::optional<std::string_view>(digest));
    }
    void oneFailsWithACompileErrorInItsLog() {
        QVERIFY(push("failing", 1));
        const std::string run = pushed_["failing"][0];
        QVERIFY2(ends(run, "Failed"), DemoClient::reason(client_->run(run)).c_str());
        const std::string log = client_
                                    ->get("/api/v1/namespaces/tekton-pipelines/pods/" + run +
                                          "-kaniko-build-task-pod-retry1/log?container=step-build")
                                    .body;
        QVERIFY(log.find("SyntaxError: '(' was never closed") != std::string::npos);
    }
    void oneIsStuckAndStaysSo() {
        QVERIFY(push("stuck", 1));
        const std::string run = pushed_["stuck"][0];
        QVERIFY(QTest::qWaitFor(
            [&] {
                return DemoClient::reason(client_->taskRun(run + "-kaniko-build-task")) == "ExceededResourceQuota";
            },
            kDeadlineMs));
        QCOMPARE(DemoClient::reason(client_->run(run)), std::string("Running"));
    }
    void aBaseImageFansOutAndCancelsNothing() {
        QVERIFY(push("base-image", 6));
        for (const std::string& run : pushed_["base-image"]) {
            QVERIFY2(ends(run, "Succeeded"), (run + " " + DemoClient::reason(client_->run(run))).c_str());
        }
        // The flaky one of the six was built twice.
        const auto flaky =
            std::ranges::find_if(pushed_["base-image"], [](const std::string& n) { return n.starts_with("data-"); });
        QCOMPARE(client_->taskRun(*flaky + "-kaniko-build-task")["status"]["retriesStatus"].size(), std::size_t{1});
        QVERIFY(DemoClient::reason(client_->run(pushed_["stuck"][0])) != "Cancelled");
        QCOMPARE(DemoClient::reason(client_->run(pushed_["failing"][0])), std::string("Failed"));
    }
    void thePodProxyReachesTheReceiversAdminPort() {
        const Json pods = client_->json(
            "/api/v1/namespaces/tekton-pipelines/pods"
            "?labelSelector=app.kubernetes.io%2Fname%3Dgithub-webhook-receiver")["items"];
        QCOMPARE(pods.size(), std::size_t{2});
        const std::string path = "/api/v1/namespaces/tekton-pipelines/pods/" +
                                 pods[0]["metadata"]["name"].get<std::string>() + ":9090/proxy/metrics";
        const net::HttpResponse metrics = client_->get(path);
        QCOMPARE(metrics.status, 200);
        QVERIFY2(metrics.body.find("github_webhook_deliveries_total{status=\"created\"} 4") != std::string::npos ||
                     metrics.body.find("github_webhook_deliveries_total{status=\"queued\"}") != std::string::npos,
                 metrics.body.c_str());
        QCOMPARE(client_->get(path.substr(0, path.rfind('/')) + "/deliveries").status, 401);
    }
    void whatBuildsNothingCreatesNothing() {
        const std::size_t before = created().size();
        QVERIFY(cluster_->push("docs-only").has_value());
        QVERIFY(push("two-services", 2));  // delivered behind it, by the same thread
        QCOMPARE(created().size(), before + 2);
    }
    void stoppingEndsEverything() {
        const std::uint16_t port = cluster_->port();
        cluster_->stop();
        QVERIFY(!test::RawClient(port).connected());
        receiver_->process().terminate();
        QCOMPARE(receiver_->process().waitForExit().value_or(-1), 0);
    }
};

CEREBRAL_TEST(TeamTest)
#include "team_test.moc"
