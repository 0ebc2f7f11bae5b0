#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"

using namespace cerebral::test;
using Json = nlohmann::json;

namespace {

constexpr const char* kAccount = "system:serviceaccount:tekton-pipelines:rebuild-trigger";

std::string rebuild(const Json& body, const std::string& tokenHeader) {
    const std::string text = body.dump();
    return "POST /rebuild HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + tokenHeader +
           "Content-Length: " + std::to_string(text.size()) + "\r\nConnection: close\r\n\r\n" + text;
}
std::string bearer(const std::string& token) {
    return "Authorization: Bearer " + token + "\r\n";
}
std::string admin(const std::string& method, const std::string& path, const std::string& headers) {
    return method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + headers + "\r\n";
}

}  // namespace

/// POST /rebuild, and the admin pages that ask for the same token.
class RebuildTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    FakeTektonApi api_;
    std::unique_ptr<ReceiverProcess> receiver_;
    const Json request_{{"services", {"ai-services"}}, {"branch", "main"}, {"requestId", "r-1"}, {"reason", "base"}};

    Json answer(const std::string& response) { return Json::parse(RawClient::body(response), nullptr, false); }

private slots:
    void init() {
        api_.addToken("good", kAccount, "github-webhook-receiver");
        api_.addToken("other-account", "system:serviceaccount:tekton-pipelines:default", "github-webhook-receiver");
        api_.addToken("other-audience", kAccount, "https://kubernetes.default.svc");
        // A process for each test: the limit on token checks is shared.
        receiver_.reset();
        receiver_ = std::make_unique<ReceiverProcess>(ReceiverPlan{api_.writeKubeconfig(dir_.path().toStdString()),
                                                                   {},
                                                                   dir_.path().toStdString() + "/spool",
                                                                   {},
                                                                   "3000",
                                                                   {}});
        QVERIFY(receiver_->started());
    }

    void onlyTheRightTokenIsLetIn() {
        const auto status = [&](const std::string& header) {
            return RawClient::status(sendTo(receiver_->port(), rebuild(request_, header)));
        };
        QCOMPARE(status(""), 401);
        QCOMPARE(status(bearer("nonsense")), 401);
        QCOMPARE(status(bearer("other-audience")), 401);
        QCOMPARE(status(bearer("other-account")), 403);
        QVERIFY(api_.creations().empty());
    }

    void buildsWhatThePushBuiltAgain() {
        const Json push = answer(sendTo(receiver_->port(), deliveryRequest(pushBody({}), "p-1")));
        QCOMPARE(push["status"].get<std::string>(), std::string("created"));
        const Json first = answer(sendTo(receiver_->port(), rebuild(request_, bearer("good"))));
        QCOMPARE(first["status"].get<std::string>(), std::string("created"));
        const auto name = first["pipelineRuns"][0]["name"].get<std::string>();
        QVERIFY(name != push["pipelineRuns"][0]["name"].get<std::string>());
        const Json run = api_.run(name);
        const auto& meta = run["metadata"];
        QCOMPARE(meta["labels"]["cerebral.baerautotech.com/trigger"].get<std::string>(), std::string("rebuild"));
        QCOMPARE(meta["labels"]["cerebral.baerautotech.com/commit"].get<std::string>(), PushText{}.after);
        QCOMPARE(meta["annotations"]["cerebral.baerautotech.com/request-id"].get<std::string>(), std::string("r-1"));

        // The same request again builds nothing twice; through the API server's proxy the other header counts.
        const Json again = answer(sendTo(receiver_->port(), rebuild(request_, "X-Cerebral-Token: good\r\n")));
        QCOMPARE(again["status"].get<std::string>(), std::string("duplicate"));
        Json other = request_;
        other["requestId"] = "r-2";
        QCOMPARE(answer(sendTo(receiver_->port(), rebuild(other, bearer("good"))))["status"].get<std::string>(),
                 std::string("created"));
    }

    void saysWhatIsWrongWithTheBody() {
        Json wrong = request_;
        wrong["branch"] = "a..b";
        QCOMPARE(RawClient::status(sendTo(receiver_->port(), rebuild(wrong, bearer("good")))), 400);
        Json unknown = request_;
        unknown["branch"] = "never-built";
        QCOMPARE(RawClient::status(sendTo(receiver_->port(), rebuild(unknown, bearer("good")))), 404);
    }

    void isRateLimited() {
        bool limited = false;
        for (int i = 0; i < 40 && !limited; ++i) {
            const std::string response = sendTo(receiver_->port(), rebuild(request_, bearer("nonsense")));
            limited = RawClient::status(response) == 429 && response.find("Retry-After: ") != std::string::npos;
        }
        QVERIFY(limited);
    }

    void historyAndReplayAskForTheToken() {
        const std::uint16_t port = receiver_->adminPort();
        QCOMPARE(RawClient::status(sendTo(port, admin("GET", "/deliveries", ""))), 401);
        QCOMPARE(RawClient::status(sendTo(port, admin("POST", "/deliveries/h-1/replay", ""))), 401);

        const Json push = answer(sendTo(receiver_->port(), deliveryRequest(pushBody({.branch = "history"}), "h-1")));
        const auto name = push["pipelineRuns"][0]["name"].get<std::string>();
        QVERIFY(api_.waitFor([&] {
            const Json history = answer(sendTo(port, admin("GET", "/deliveries?limit=1", bearer("good"))));
            return history["deliveries"].size() == 1 && history["deliveries"][0]["id"] == "h-1" &&
                   history["deliveries"][0]["decision"] == "created" &&
                   history["deliveries"][0]["repository"] == "acme/cerebral" &&
                   history["deliveries"][0]["runs"][0]["name"] == name &&
                   history["deliveries"][0]["latencyMs"].get<double>() > 0;
        }));

        // The run is gone from the cluster; the delivery is replayed.
        api_.removeRun(name);
        const Json replayed = answer(sendTo(port, admin("POST", "/deliveries/h-1/replay", bearer("good"))));
        QCOMPARE(replayed["status"].get<std::string>(), std::string("created"));
        QCOMPARE(api_.run(name)["kind"].get<std::string>(), std::string("PipelineRun"));
        QCOMPARE(RawClient::status(sendTo(port, admin("POST", "/deliveries/none/replay", bearer("good")))), 404);
    }

    void tokensAreNotLogged() {
        sendTo(receiver_->port(), rebuild(request_, bearer("other-account")));
        receiver_->process().terminate();
        QCOMPARE(receiver_->process().waitForExit().value_or(-1), 0);
        QVERIFY(!receiver_->process().standardOutput().contains("other-account"));
    }
};

CEREBRAL_TEST(RebuildTest)
#include "rebuild_test.moc"
