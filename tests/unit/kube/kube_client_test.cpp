// What goes over the wire, and what an answer means.

#include "core/kube/kube_client.h"

#include <QtTest/QtTest>

#include "core/kube/credentials.h"
#include "core/kube/reviews.h"
#include "tests/support/captures.h"
#include "tests/support/print.h"
#include "tests/support/scripted_transport.h"
#include "tests/support/test_main.h"

using namespace cerebral;

namespace {

class CountingToken final : public kube::Credentials {
public:
    Result<void> apply(net::HttpRequest& request, std::stop_token) override {
        request.bearerToken = Secret("token-" + std::to_string(renewals));
        return {};
    }
    bool renew() override { return ++renewals <= 1; }
    int renewals = 0;
};

const auto kIgnore = [](std::string_view) { return true; };

}  // namespace

class KubeClientTest : public QObject {
    Q_OBJECT

    kube::KubeClient client() {
        kube::ClusterAccess access;
        access.server = "https://host:6443";
        access.credentials = token_;
        access.impersonation.add("Impersonate-User", "alice");
        access.disableCompression = disableCompression_;
        return {*transport_, access};
    }
    const net::HttpRequest& asked(std::size_t index = 0) { return transport_->requests.at(index); }

private slots:
    void init() {
        transport_ = std::make_unique<test::ScriptedTransport>();
        token_ = std::make_shared<CountingToken>();
        disableCompression_ = false;
    }

    void paths() {
        using namespace kube;
        QCOMPARE(collectionPath(types::kPods, "ns"), std::string("/api/v1/namespaces/ns/pods"));
        QCOMPARE(collectionPath(types::kPods, ""), std::string("/api/v1/pods"));
        QCOMPARE(collectionPath(types::kNodes, "ignored"), std::string("/api/v1/nodes"));
        QCOMPARE(objectPath(types::kPipelineRuns, "ns", "a/../b"),
                 std::string("/apis/tekton.dev/v1/namespaces/ns/pipelineruns/a%2F..%2Fb"));
    }

    void aListAsksForPagesAndGzip() {
        transport_->answer(200, "[]");
        kube::ListOptions options;
        options.labelSelector = "a in (b,c)";
        options.limit = 500;
        options.continueToken = "x=/+";
        options.resourceVersion = "7";
        options.exactly = true;
        QCOMPARE(client().list(kube::types::kPods, "ns", options, {}).value(), std::string("[]"));
        QCOMPARE(asked().url,
                 std::string("https://host:6443/api/v1/namespaces/ns/pods?labelSelector=a%20in%20%28b%2Cc"
                             "%29&limit=500&continue=x%3D%2F%2B&resourceVersion=7&resourceVersionMatch="
                             "Exact"));
        QVERIFY(asked().acceptGzip);
        QCOMPARE(asked().version, net::HttpVersion::Http2);
        QCOMPARE(std::string(*asked().headers.find("Impersonate-User")), std::string("alice"));
        QCOMPARE(std::string(*asked().headers.find("Accept")), std::string("application/json"));
        QVERIFY(asked().url.find("token") == std::string::npos);
    }

    void nothingElseAsksForGzip() {
        for (int i = 0; i < 5; ++i) transport_->answer(200, "");
        auto kube = client();
        QVERIFY(kube.get(kube::types::kPods, "ns", "p", {}).has_value());
        QVERIFY(kube.watch(kube::types::kPods, "ns", {}, {}, kIgnore, {}).has_value());
        kube::WatchOptions initial;
        initial.sendInitialEvents = true;
        QVERIFY(kube.watch(kube::types::kPods, "ns", initial, {}, kIgnore, {}).has_value());
        QVERIFY(kube.streamRaw("/log", net::HttpVersion::Http1, std::chrono::seconds(0), kIgnore, {}).has_value());
        for (const auto& request : transport_->requests) QVERIFY(!request.acceptGzip);
        disableCompression_ = true;
        QVERIFY(client().list(kube::types::kPods, "ns", {}, {}).has_value());
        QVERIFY(!transport_->requests.back().acceptGzip);
    }

    void aWatchAsksForBookmarksAndDiesOfSilence() {
        transport_->answer(200, "");
        kube::WatchOptions options;
        options.sendInitialEvents = true;
        options.timeout = std::chrono::seconds(321);
        QVERIFY(client().watch(kube::types::kPipelineRuns, "ns", options, {}, kIgnore, {}).has_value());
        QCOMPARE(asked().url,
                 std::string("https://host:6443/apis/tekton.dev/v1/namespaces/ns/pipelineruns?watch=true&"
                             "allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&"
                             "timeoutSeconds=321"));
        QVERIFY(asked().silenceTimeout > std::chrono::seconds(60));
        QVERIFY(asked().timeout > std::chrono::seconds(321));
    }

    void linesArriveWholeHoweverTheBytesCome_data() {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 2, 3, 5, 1'000}) QTest::addRow("%d", piece) << piece;
    }
    void linesArriveWholeHoweverTheBytesCome() {
        QFETCH(int, piece);
        transport_->pieceSize = static_cast<std::size_t>(piece);
        transport_->answer(200, "one\ntwo\nthree\ncut o");
        QStringList lines;
        int opened = 0;
        const auto end = client().watch(
            kube::types::kPods, "ns", {}, [&] { ++opened; },
            [&](std::string_view line) {
                lines << QString::fromStdString(std::string(line));
                return true;
            },
            {});
        QCOMPARE(end.value(), kube::WatchEnd::Complete);
        QCOMPARE(lines, QStringList({"one", "two", "three"}));
        QCOMPARE(opened, 1);
    }

    void theCallerMayEndAWatch() {
        transport_->answer(200, "one\ntwo\nthree\n");
        int lines = 0;
        const auto end =
            client().watch(kube::types::kPods, "ns", {}, {}, [&](std::string_view) { return ++lines < 2; }, {});
        QCOMPARE(end.value(), kube::WatchEnd::StoppedByCaller);
        QCOMPARE(lines, 2);
    }

    void aRefusedWatchIsAnErrorAndNeverOpen() {
        transport_->answer(410, R"({"kind":"Status","code":410,"reason":"Expired","message":"too old"})");
        const auto end = client().watch(
            kube::types::kPods, "ns", {}, [] { QFAIL("opened"); },
            [](std::string_view) {
                qFatal("line");
                return true;
            },
            {});
        QCOMPARE(end.error().kind, ErrorKind::Gone);
        QCOMPARE(end.error().message, std::string("watch pods in namespace ns: too old"));
    }

    void a401RenewsOnceAndTriesAgain() {
        transport_->answer(401, "");
        transport_->answer(200, "{}");
        QVERIFY(client().get(kube::types::kPods, "ns", "p", {}).has_value());
        QCOMPARE(std::string(asked(0).bearerToken.reveal()), std::string("token-0"));
        QCOMPARE(std::string(asked(1).bearerToken.reveal()), std::string("token-1"));
    }

    void aSecond401IsTheAnswer() {
        for (int i = 0; i < 4; ++i) transport_->answer(401, test::captureBody("errors/401-bad-token.http"));
        COMPARE_ERROR(client().get(kube::types::kPods, "ns", "p", {}), ErrorKind::Unauthorized);
        QCOMPARE(transport_->requests.size(), std::size_t{2});
        token_->renewals = 0;
        COMPARE_ERROR(client().watch(kube::types::kPods, "ns", {}, {}, kIgnore, {}), ErrorKind::Unauthorized);
        QCOMPARE(transport_->requests.size(), std::size_t{4});
    }

    void writesSayWhatTheyCarry() {
        for (int i = 0; i < 3; ++i) transport_->answer(201, "{}");
        auto kube = client();
        const std::string body = "{\"a\":1}";
        QVERIFY(kube.create(kube::types::kPipelineRuns, "ns", body, {}, std::chrono::seconds(3)).has_value());
        QCOMPARE(asked(0).method, net::Method::Post);
        QCOMPARE(asked(0).body, body);
        QCOMPARE(std::string(*asked(0).headers.find("Content-Type")), std::string("application/json"));
        QCOMPARE(asked(0).timeout, std::chrono::milliseconds(3'000));
        QVERIFY(kube.patch(kube::types::kPods, "ns", "p", kube::PatchType::MergePatch, body, {}).has_value());
        QCOMPARE(asked(1).method, net::Method::Patch);
        QCOMPARE(std::string(*asked(1).headers.find("Content-Type")), std::string("application/merge-patch+json"));
        QVERIFY(kube.remove(kube::types::kPods, "ns", "p", {}).has_value());
        QCOMPARE(asked(2).method, net::Method::Delete);
        QCOMPARE(asked(2).url, std::string("https://host:6443/api/v1/namespaces/ns/pods/p"));
    }

    void transportErrorsBeginWithWhatWasTried() {
        transport_->fail(ErrorKind::Unreachable);
        const auto answer = client().get(kube::types::kPods, "ns", "p", {});
        QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
        QCOMPARE(answer.error().message, std::string("get pods p in namespace ns: scripted failure"));
    }

    void tokensAreAskedForAndReviewed() {
        transport_->answer(201, test::readCapture("auth/tokenrequest.json"));
        transport_->answer(201, "{\"status\":" + test::readCapture("auth/tokenreview.status.json") + "}");
        transport_->answer(201, R"({"status":{"authenticated":false,"error":"token audiences are not valid"}})");
        auto kube = client();
        const auto issued =
            kube::requestToken(kube, "ns", "rebuild-trigger", "receiver", std::chrono::minutes(10), {});
        QCOMPARE(std::string(issued->token.reveal()), std::string("REDACTED"));
        QVERIFY(issued->expires.has_value());
        QCOMPARE(asked(0).url,
                 std::string("https://host:6443/api/v1/namespaces/ns/serviceaccounts/rebuild-trigger/token"));
        QVERIFY(asked(0).body.find(R"("audiences":["receiver"],"expirationSeconds":600)") != std::string::npos);

        const auto good = kube::reviewToken(kube, Secret("secret"), "github-webhook-receiver", {});
        QVERIFY(good->authenticated);
        QCOMPARE(good->username, std::string("system:serviceaccount:tekton-pipelines:viewer"));
        QCOMPARE(good->audiences, std::vector<std::string>{"github-webhook-receiver"});
        const auto bad = kube::reviewToken(kube, Secret("secret"), "x", {});
        QVERIFY(!bad->authenticated);
        QCOMPARE(bad->error, std::string("token audiences are not valid"));
    }

    void rightsAndIdentityAreAskedFor() {
        transport_->answer(201, test::readCapture("auth/ssar.json"));
        transport_->answer(201, R"({"status":{"allowed":false,"reason":"no"}})");
        transport_->answer(201, test::readCapture("auth/whoami.json"));
        transport_->answer(201, "{}");
        auto kube = client();
        const kube::Right right{"create", "tekton.dev", "pipelineruns", "", "tekton-pipelines", ""};
        QVERIFY(kube::mayI(kube, right, {})->allowed);
        QCOMPARE(right.text(), std::string("create pipelineruns.tekton.dev in namespace tekton-pipelines"));
        QVERIFY(asked(0).body.find(R"("resourceAttributes":{"group":"tekton.dev","namespace":"tekton-pipelines",)"
                                   R"("resource":"pipelineruns","verb":"create"})") != std::string::npos);
        QVERIFY(!kube::mayI(kube, right, {})->allowed);
        QCOMPARE(kube::whoAmI(kube, {})->username, std::string("admin"));
        COMPARE_ERROR(kube::whoAmI(kube, {}), ErrorKind::Malformed);
    }

private:
    std::unique_ptr<test::ScriptedTransport> transport_;
    std::shared_ptr<CountingToken> token_;
    bool disableCompression_ = false;
};

CEREBRAL_TEST(KubeClientTest)
#include "kube_client_test.moc"
