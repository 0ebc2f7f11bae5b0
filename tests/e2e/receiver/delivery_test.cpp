#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"

using namespace cerebral::test;
using Json = nlohmann::json;

namespace {

std::string readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

Json answerOf(const std::string& response) {
    return Json::parse(RawClient::body(response), nullptr, false);
}

}  // namespace

/// Deliveries to the real process: each answer, and what reached the cluster.
class DeliveryTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    FakeTektonApi api_;

    ReceiverPlan plan(const std::string& name) {
        const std::string base = dir_.path().toStdString() + "/" + name;
        std::filesystem::create_directories(base);
        return {api_.writeKubeconfig(base), {}, base + "/spool", {}, "2000", {}};
    }

private slots:
    void signedPushBecomesARun() {
        ReceiverProcess receiver(plan("created"));
        QVERIFY2(receiver.started(), receiver.process().standardError());
        const std::string body = pushBody({});  // once: it says when it was pushed
        const std::string request = deliveryRequest(body, "d-1");
        const std::string response = sendTo(receiver.port(), request);
        QCOMPARE(RawClient::status(response), 200);
        const Json answer = answerOf(response);
        QCOMPARE(answer["status"].get<std::string>(), std::string("created"));
        QCOMPARE(answer["delivery"].get<std::string>(), std::string("d-1"));
        QCOMPARE(answer["pipelineRuns"].size(), std::size_t(1));
        QCOMPARE(answer["pipelineRuns"][0]["outcome"].get<std::string>(), std::string("created"));
        const auto name = answer["pipelineRuns"][0]["name"].get<std::string>();
        const Json run = api_.run(name);
        QCOMPARE(run["metadata"]["labels"]["cerebral.baerautotech.com/service"].get<std::string>(),
                 std::string("ai-services"));

        // The same push again, whoever sends it and whatever its GUID: a duplicate.
        const Json again = answerOf(sendTo(receiver.port(), deliveryRequest(body, "d-2")));
        QCOMPARE(again["status"].get<std::string>(), std::string("duplicate"));
        QCOMPARE(again["pipelineRuns"][0]["name"].get<std::string>(), name);
        QCOMPARE(api_.creations().at(name), 1);
    }

    void otherReplicaKnowsThroughTheApiServer() {
        ReceiverProcess first(plan("replica-a"));
        ReceiverProcess second(plan("replica-b"));
        const std::string body = pushBody({.service = "bmad-services"});
        QCOMPARE(answerOf(sendTo(first.port(), deliveryRequest(body, "r-1")))["status"].get<std::string>(),
                 std::string("created"));
        QCOMPARE(answerOf(sendTo(second.port(), deliveryRequest(body, "r-1")))["status"].get<std::string>(),
                 std::string("duplicate"));
    }

    /// Published payloads of GitHub's events (npm @octokit/webhooks-examples).
    void publishedExamplesAreAnsweredRightly() {
        const std::string base = dir_.path().toStdString() + "/examples";
        std::filesystem::create_directories(base);
        std::ofstream(base + "/config.yaml")
            << "maxPushAge: 0\nservices:\n  - name: readme\n    paths: [README.md]\n";
        ReceiverPlan examples = plan("examples");
        examples.configFile = base + "/config.yaml";
        ReceiverProcess receiver(examples);
        QVERIFY2(receiver.started(), receiver.process().standardError());
        std::map<std::string, int> statuses;
        for (int i = 0; i <= 6; ++i) {
            const std::string body =
                readFile(std::string(CEREBRAL_TEST_DATA) + "/webhooks-examples/push." + std::to_string(i) + ".json");
            QVERIFY(!body.empty());
            const Json answer = answerOf(sendTo(receiver.port(), deliveryRequest(body, "x-" + std::to_string(i))));
            const auto status = answer["status"].get<std::string>();
            ++statuses[status];
            const auto payload = Json::parse(body);
            if (payload["deleted"].get<bool>() || payload["ref"].get<std::string>().starts_with("refs/tags/")) {
                QCOMPARE(status, std::string("ignored"));
                QVERIFY(!answer["reason"].get<std::string>().empty());
            }
        }
        QCOMPARE(statuses["created"], 1);
        QCOMPARE(statuses["duplicate"], 1);
        for (int i = 0; i <= 3; ++i) {
            const std::string body =
                readFile(std::string(CEREBRAL_TEST_DATA) + "/webhooks-examples/ping." + std::to_string(i) + ".json");
            const Json pong = answerOf(sendTo(receiver.port(), deliveryRequest(body, "p", "ping")));
            QCOMPARE(pong["status"].get<std::string>(), std::string("pong"));
        }
    }

    void whatIsNotSignedReachesNothing() {
        ReceiverProcess receiver(plan("unsigned"));
        const std::size_t before = api_.createRequests();
        const std::string body = pushBody({.service = "data-services"});
        const std::string wrong = deliveryRequest(body, "w-1", "push", "not the secret");
        QCOMPARE(RawClient::status(sendTo(receiver.port(), wrong)), 400);
        std::string missing = deliveryRequest(body, "w-2");
        const auto at = missing.find("X-Hub-Signature-256");
        missing.erase(at, missing.find("\r\n", at) + 2 - at);
        QCOMPARE(RawClient::status(sendTo(receiver.port(), missing)), 400);
        const auto refused = receiver.process().waitForJson(
            [](const QJsonObject& line) { return line["event"] == "request refused"; });
        QVERIFY(refused.has_value());
        QCOMPARE((*refused)["reason"].toString(),
                 QStringLiteral("X-Hub-Signature-256 is missing: set a secret on the webhook in GitHub"));
        QCOMPARE(RawClient::status(sendTo(receiver.port(), deliveryRequest("{\"ref\":", "w-3"))), 400);
        QCOMPARE(api_.createRequests(), before);

        receiver.process().terminate();
        QCOMPARE(receiver.process().waitForExit().value_or(-1), 0);
        const QByteArray log = receiver.process().standardOutput() + receiver.process().standardError();
        QVERIFY(log.contains("\"delivery\""));
        QVERIFY(!log.contains(ReceiverProcess::kSecret));
        QVERIFY(!log.contains("sha256="));
        // The MAC itself, in any dress.
        const auto mac = wrong.find("sha256=");
        QVERIFY(!log.contains(QByteArray::fromStdString(wrong.substr(mac + 7, 64))));
    }

    void previousSecretIsAcceptedDuringRotation() {
        ReceiverPlan rotating = plan("rotation");
        rotating.more["GITHUB_WEBHOOK_SECRET_PREVIOUS"] = "the old one";
        ReceiverProcess receiver(rotating);
        const std::string ping = R"({"zen":"x"})";
        QCOMPARE(RawClient::status(sendTo(receiver.port(), deliveryRequest(ping, "1", "ping", "the old one"))), 200);
        QCOMPARE(RawClient::status(sendTo(receiver.port(), deliveryRequest(ping, "2", "ping"))), 200);
        QCOMPARE(RawClient::status(sendTo(receiver.port(), deliveryRequest(ping, "3", "ping", "older"))), 400);
    }

    void refusesToStartWithoutASecret() {
        ReceiverPlan bare = plan("no-secret");
        bare.more["GITHUB_WEBHOOK_SECRET"] = "";
        ReceiverProcess receiver(bare);
        QVERIFY(!receiver.started());
        QVERIFY(receiver.process().standardError().contains("GITHUB_WEBHOOK_SECRET is empty"));
    }

    void tellsHowToMendAFormEncodedHook() {
        ReceiverProcess receiver(plan("form"));
        const std::string response = sendTo(receiver.port(),
                                            "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                            "application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
                                            "payload=x");
        QCOMPARE(RawClient::status(response), 415);
        QVERIFY(response.find("choose Content type application/json") != std::string::npos);
        QCOMPARE(RawClient::status(sendTo(receiver.port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n")), 405);
        QCOMPARE(RawClient::status(sendTo(receiver.port(), "GET /x HTTP/1.1\r\nHost: x\r\n\r\n")), 404);
    }

    void answersQueuedWhenTheApiServerIsSlow() {
        ReceiverPlan quick = plan("slow-api");
        quick.answerBudgetMs = "80";
        ReceiverProcess receiver(quick);
        api_.setCreateDelay(std::chrono::milliseconds(700));
        const std::string body = pushBody({.service = "knowledge-services"});
        const Json queued = answerOf(sendTo(receiver.port(), deliveryRequest(body, "q-1")));
        api_.setCreateDelay(std::chrono::milliseconds(0));
        QCOMPARE(queued["status"].get<std::string>(), std::string("queued"));
        const auto name = queued["pipelineRuns"][0]["name"].get<std::string>();
        QVERIFY(api_.waitFor([&] { return api_.creations().contains(name); }));
        QVERIFY(api_.waitFor([&] {
            return answerOf(sendTo(receiver.port(), deliveryRequest(body, "q-2")))["status"] == "duplicate";
        }));
        QCOMPARE(api_.creations().at(name), 1);
    }

    void survivesTheApiServersAbsence() {
        ReceiverPlan patient = plan("absent-api");
        auto receiver = std::make_unique<ReceiverProcess>(patient);
        api_.goAway();
        std::vector<std::string> names;
        for (int i = 0; i < 5; ++i) {
            const std::string body = pushBody({.service = "integration-services", .branch = "b" + std::to_string(i)});
            const Json queued = answerOf(sendTo(receiver->port(), deliveryRequest(body, "a")));
            QCOMPARE(queued["status"].get<std::string>(), std::string("queued"));
            names.push_back(queued["pipelineRuns"][0]["name"].get<std::string>());
        }
        // Killed while everything is on disk only.
        receiver->process().kill();
        receiver.reset();
        api_.comeBack();
        ReceiverProcess next(patient);
        for (const std::string& name : names) {
            QVERIFY(api_.waitFor([&] { return api_.creations().contains(name); }));
        }
    }

    void everyServiceIncludesThePlatforms() {
        api_.addDeployment("billing", "10.34.0.202:5000/cerebral/billing:main@sha256:1");
        api_.addDeployment("nginx", "docker.io/library/nginx:1");
        ReceiverProcess receiver(plan("platform"));
        const std::string body = readFile(std::string(CEREBRAL_TEST_DATA) + "/push/force-push-without-commits.json");
        Json fresh = Json::parse(body);
        fresh["repository"]["pushed_at"] =
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
        std::string text;
        QVERIFY(api_.waitFor([&] {
            text = sendTo(receiver.port(), deliveryRequest(fresh.dump(), "f"));
            return text.find("\"billing\"") != std::string::npos;
        }));
        QVERIFY(text.find("\"nginx\"") == std::string::npos);
        QVERIFY(text.find("\"monitoring-services\"") != std::string::npos);
    }

    void aDryRunTouchesNothing() {
        const Finished dry = runToEnd("github-webhook-receiver",
                                      {"--dry-run", QString(CEREBRAL_TEST_DATA) + "/push/one-service.json"}, {});
        QCOMPARE(dry.exitCode, 0);
        QVERIFY(dry.out.contains("kind: PipelineRun") || dry.out.contains("# ignored"));
    }

    void checkConfigPointsAtTheMistake() {
        const std::string file = dir_.path().toStdString() + "/wrong.yaml";
        std::ofstream(file) << "registry: r:5000\nregistryy: x\n";
        const Finished checked =
            runToEnd("github-webhook-receiver", {"--check-config", "--config", QString::fromStdString(file)}, {});
        QCOMPARE(checked.exitCode, 2);
        QVERIFY2(checked.err.contains("wrong.yaml:2:1: unknown key"), checked.err);
    }
};

CEREBRAL_TEST(DeliveryTest)
#include "delivery_test.moc"
