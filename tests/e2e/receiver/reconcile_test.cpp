#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <filesystem>

#include "tests/e2e/receiver/fake_github.h"
#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"

using namespace cerebral::test;
using namespace std::chrono_literals;

/// What GitHub could not deliver while nobody was here is asked for, and built once.
class ReconcileTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    FakeTektonApi api_;
    int number_ = 0;

    ReceiverPlan plan(const FakeGithub& github) {
        const std::string base = dir_.path().toStdString() + "/" + std::to_string(++number_);
        std::filesystem::create_directories(base);
        ReceiverPlan plan{api_.writeKubeconfig(base), {}, base + "/spool", {}, "3000", {}};
        plan.more = {{"GITHUB_API_URL", QString::fromStdString(github.url())},
                     {"GITHUB_REDELIVERY_TOKEN", FakeGithub::kToken},
                     {"GITHUB_REDELIVERY_HOOK", FakeGithub::kHook},
                     {"GITHUB_REDELIVERY_SECONDS", "1"}};
        return plan;
    }
    static FakeGithub::Attempt push(const std::string& guid, int statusCode, bool redelivery = false) {
        FakeGithub::Attempt attempt;
        attempt.guid = guid;
        attempt.statusCode = statusCode;
        attempt.redelivery = redelivery;
        attempt.body = pushBody({.branch = guid});
        return attempt;
    }

private slots:
    void whatFailedIsBuiltOnce() {
        FakeGithub github;
        github.addPast(push("nobody-there", 0), 2h);
        github.addPast(push("ingress-alone", 503), 90min);
        github.addPast(push("failed-twice", 502), 80min);
        github.addPast(push("failed-twice", 502, true), 70min);
        github.addPast(push("mended-by-hand", 503), 60min);
        github.addPast(push("mended-by-hand", 200, true), 50min);
        github.addPast(push("delivered", 200), 40min);
        github.addPast(push("queued", 202), 30min);
        github.addPast(push("too-old", 503), 80h);
        for (int i = 0; i < 4; ++i) github.addPast(push("hopeless", 502, i > 0), 10min);
        FakeGithub::Attempt ping = push("a-ping", 503);
        ping.event = "ping";
        github.addPast(ping, 5min);

        ReceiverProcess receiver(plan(github));
        QVERIFY2(receiver.started(), receiver.process().standardError());
        github.setReceiver(receiver.port());
        const auto builds = [&](const std::string& branch) {
            const auto runs = api_.runs();
            return std::count_if(runs.begin(), runs.end(), [&](const auto& run) {
                return run["metadata"]["labels"]["cerebral.baerautotech.com/branch"] == branch;
            });
        };
        QVERIFY(api_.waitFor([&] {
            return builds("nobody-there") == 1 && builds("ingress-alone") == 1 && builds("failed-twice") == 1;
        }));
        // Rounds that have nothing to ask for any more.
        const std::size_t seen = github.listRequests();
        QVERIFY(api_.waitFor([&] { return github.listRequests() > seen + 6; }));
        for (const std::string& guid : github.redelivered()) {
            QVERIFY2(guid == "nobody-there" || guid == "ingress-alone" || guid == "failed-twice", guid.c_str());
        }
        for (const auto& [name, count] : api_.creations()) QCOMPARE(count, 1);
        QVERIFY(receiver.metric("github_webhook_redeliveries_requested_total") >= 3.0);
        QCOMPARE(receiver.metric("github_webhook_reconcile_failures_total"), 0.0);
    }

    void aRefusalIsSaidAndBuildsGoOn() {
        FakeGithub github;
        ReceiverPlan wrong = plan(github);
        wrong.more["GITHUB_REDELIVERY_TOKEN"] = "github_pat_revoked";
        ReceiverProcess receiver(wrong);
        QVERIFY(receiver.started());
        const auto line = receiver.process().waitForJson(
            [](const QJsonObject& o) { return o["event"] == "GitHub's deliveries cannot be read"; });
        QVERIFY(line.has_value());
        QVERIFY((*line)["error"].toString().contains("Bad credentials"));
        QVERIFY(receiver.metric("github_webhook_reconcile_failures_total") >= 1.0);
        QCOMPARE(RawClient::status(sendTo(receiver.port(), deliveryRequest(pushBody({.branch = "on"}), "on"))), 200);
        receiver.process().terminate();
        QCOMPARE(receiver.process().waitForExit().value_or(-1), 0);
        QVERIFY(!receiver.process().standardOutput().contains("github_pat_revoked"));
    }

    void offUnlessAsked() {
        FakeGithub github;
        github.addPast(push("nobody-there-2", 0), 1h);
        ReceiverPlan off = plan(github);
        off.more.erase("GITHUB_REDELIVERY_TOKEN");
        ReceiverProcess receiver(off);
        QVERIFY(receiver.started());
        QCOMPARE(RawClient::status(sendTo(receiver.port(), deliveryRequest(pushBody({.branch = "off"}), "off"))),
                 200);
        QCOMPARE(github.listRequests(), std::size_t(0));
    }

    void theTokenNeverGoesOutInClear() {
        const Finished refused = runToEnd("github-webhook-receiver", {},
                                          {{"GITHUB_WEBHOOK_SECRET", "x"},
                                           {"GITHUB_REDELIVERY_TOKEN", "github_pat_clear"},
                                           {"GITHUB_REDELIVERY_HOOK", FakeGithub::kHook},
                                           {"GITHUB_API_URL", "http://ghe.example.test/api/v3"}});
        QCOMPARE(refused.exitCode, 2);
        QVERIFY(refused.err.contains("GITHUB_API_URL must be an https:// address"));
        QVERIFY(!refused.err.contains("github_pat_clear"));
    }
};

CEREBRAL_TEST(ReconcileTest)
#include "reconcile_test.moc"
