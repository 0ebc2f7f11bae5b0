#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"

using namespace cerebral::test;
using Json = nlohmann::json;

/// Where each way of the cluster to say no ends: answer, metric, log line, dead letter.
class RefusalTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    FakeTektonApi api_;
    int number_ = 0;

    ReceiverPlan plan() {
        const std::string base = dir_.path().toStdString() + "/" + std::to_string(++number_);
        std::filesystem::create_directories(base);
        return {api_.writeKubeconfig(base), {}, base + "/spool", {}, "3000", {}};
    }

private slots:
    void cleanup() { api_.setCreateFault({}); }

    void permanentRefusals_data() {
        QTest::addColumn<int>("fault");
        QTest::addColumn<QString>("kind");
        QTest::newRow("admission") << int(CreateFault::Admission) << "invalid";
        QTest::newRow("rbac") << int(CreateFault::Forbidden) << "forbidden";
        QTest::newRow("namespace") << int(CreateFault::NoNamespace) << "not-found";
    }
    void permanentRefusals() {
        QFETCH(int, fault);
        QFETCH(QString, kind);
        api_.setCreateFault([fault](const std::string&) { return CreateFault(fault); });
        const ReceiverPlan setting = plan();
        ReceiverProcess receiver(setting);
        const std::string body = pushBody({.branch = "refused-" + kind.toStdString()});
        const std::string response = sendTo(receiver.port(), deliveryRequest(body, "n-1"));
        QCOMPARE(RawClient::status(response), 502);
        const Json answer = Json::parse(RawClient::body(response));
        QCOMPARE(answer["status"].get<std::string>(), std::string("refused"));
        const auto name = answer["pipelineRuns"][0]["name"].get<std::string>();
        QVERIFY(!answer["pipelineRuns"][0]["reason"].get<std::string>().empty());

        std::ifstream file(setting.spoolDir + "/dead-letters/" + name + ".json");
        const Json letter = Json::parse(file, nullptr, false);
        QCOMPARE(letter["delivery"].get<std::string>(), std::string("n-1"));
        QCOMPARE(letter["manifest"]["kind"].get<std::string>(), std::string("PipelineRun"));
        QCOMPARE(receiver.metric("github_webhook_api_errors_total{kind=\"" + kind.toStdString() + "\"}"), 1.0);
        QCOMPARE(receiver.metric("github_webhook_pipelineruns_total{outcome=\"refused\"}"), 1.0);
        QCOMPARE(receiver.metric("github_webhook_dead_letters"), 1.0);
        QCOMPARE(receiver.metric("github_webhook_spool_depth"), 0.0);
        QVERIFY(receiver.process()
                    .waitForJson([](const QJsonObject& o) { return o["event"] == "run refused by the cluster"; })
                    .has_value());

        // Mended, then redelivered from GitHub's page: built after all, the letter is gone.
        api_.setCreateFault({});
        const Json again = Json::parse(RawClient::body(sendTo(receiver.port(), deliveryRequest(body, "n-1"))));
        QCOMPARE(again["status"].get<std::string>(), std::string("created"));
        QVERIFY(!std::filesystem::exists(setting.spoolDir + "/dead-letters/" + name + ".json"));
    }

    void quotaIsWaitedFor() {
        const auto refusals = std::make_shared<std::atomic<int>>(0);  // a late request may still ask
        api_.setCreateFault(
            [refusals](const std::string&) { return (*refusals)++ < 1 ? CreateFault::Quota : CreateFault::None; });
        ReceiverProcess receiver(plan());
        const std::string response = sendTo(receiver.port(), deliveryRequest(pushBody({.branch = "quota"}), "q"));
        QCOMPARE(RawClient::status(response), 202);
        const Json answer = Json::parse(RawClient::body(response));
        QVERIFY(answer["pipelineRuns"][0]["reason"].get<std::string>().find("exceeded quota") != std::string::npos);
        const auto name = answer["pipelineRuns"][0]["name"].get<std::string>();
        QCOMPARE(receiver.metric("github_webhook_spool_depth"), 1.0);
        QVERIFY(api_.waitFor([&] { return api_.creations().contains(name); }));
    }

    void unknownOutcomesAreTriedAgainUnderTheSameName_data() {
        QTest::addColumn<int>("fault");
        QTest::newRow("429") << int(CreateFault::TooManyRequests);
        QTest::newRow("500, not created") << int(CreateFault::ErrorBefore);
        QTest::newRow("500, created") << int(CreateFault::ErrorAfter);
        QTest::newRow("cut, not created") << int(CreateFault::CutBefore);
        QTest::newRow("cut, created") << int(CreateFault::CutAfter);
    }
    void unknownOutcomesAreTriedAgainUnderTheSameName() {
        QFETCH(int, fault);
        const auto requests = std::make_shared<std::atomic<int>>(0);  // a late request may still ask
        api_.setCreateFault([requests, fault](const std::string&) {
            return (*requests)++ < 1 ? CreateFault(fault) : CreateFault::None;
        });
        ReceiverProcess receiver(plan());
        const std::string body = pushBody({.branch = "unknown-" + std::to_string(fault)});
        const Json answer = Json::parse(RawClient::body(sendTo(receiver.port(), deliveryRequest(body, "u"))));
        const auto name = answer["pipelineRuns"][0]["name"].get<std::string>();
        QVERIFY(api_.waitFor([&] { return api_.creations().contains(name) && requests->load() >= 2; }));
        QVERIFY(api_.waitFor([&] { return receiver.metric("github_webhook_spool_depth") == 0.0; }));
        QCOMPARE(api_.creations().at(name), 1);
    }
};

CEREBRAL_TEST(RefusalTest)
#include "refusal_test.moc"
