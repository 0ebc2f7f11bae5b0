// Faults on demand: what clients meet on bad days, in the shapes a real API server gives them.
#include <QtTest>
#include <future>
#include <thread>

#include "tests/support/captures.h"
#include "tests/support/test_main.h"
#include "tests/unit/demo/demo_client.h"

using namespace cerebral;
using namespace cerebral::demo;
using test::DemoClient;
using Json = nlohmann::json;

namespace {

constexpr const char* kRuns = "/apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns";
constexpr int kDeadlineMs = 30'000;

std::string watchPath(const std::string& version) {
    return std::string(kRuns) + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=60&resourceVersion=" + version;
}

}  // namespace

class FaultTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Logger> log_ = makeNullLogger();
    std::unique_ptr<DemoCluster> cluster_;
    std::unique_ptr<DemoClient> client_;

    struct Watched {
        bool ended = false;  ///< by the server, properly
        std::vector<Json> events;
    };
    /// A watch on a thread of its own; returns when the server lists it as open.
    std::future<Watched> startWatch() {
        const std::size_t open = cluster_->openWatches();
        const std::string path = watchPath(version());
        auto result = std::async(std::launch::async, [this, path] {
            Watched watched;
            watched.ended = client_->lines(path, [&](std::string_view line) {
                watched.events.push_back(Json::parse(line));
                return true;
            });
            return watched;
        });
        if (!QTest::qWaitFor([&] { return cluster_->openWatches() > open; }, kDeadlineMs)) qFatal("no watch");
        return result;
    }
    std::string version() { return client_->json(kRuns)["metadata"]["resourceVersion"]; }
    net::HttpResponse create(const std::string& name) {
        const Json run = {{"apiVersion", "tekton.dev/v1"},
                          {"kind", "PipelineRun"},
                          {"metadata", {{"name", name}}},
                          {"spec", {{"pipelineRef", {{"name", "none"}}}}}};
        return client_->send(net::Method::Post, kRuns, run.dump(), {{"Content-Type", "application/json"}});
    }
    int fault(const std::string& text) {
        return client_->registry(net::Method::Post, "/demo/fault", text, {{"Content-Type", "text/plain"}}).status;
    }

private slots:
    void init() {
        auto cluster = DemoCluster::start({}, *log_);
        QVERIFY(cluster.has_value());
        cluster_ = std::move(*cluster);
        client_ = std::make_unique<DemoClient>(*cluster_);
    }
    void watchesAreDropped() {
        auto watch = startWatch();
        QCOMPARE(fault("drop-watches"), 200);
        QVERIFY(!watch.get().ended);  // cut, not ended
        QCOMPARE(cluster_->openWatches(), std::size_t{0});
        QCOMPARE(client_->get(kRuns).status, 200);
    }
    void goneEndsWatchesAndRefusesOldVersions() {
        const std::string before = version();
        QCOMPARE(create("one").status, 201);
        auto watch = startWatch();
        QCOMPARE(fault("gone"), 200);
        const Watched watched = watch.get();
        QVERIFY(watched.ended);
        QCOMPARE(watched.events.back()["type"].get<std::string>(), std::string("ERROR"));
        QCOMPARE(watched.events.back()["object"]["code"].get<int>(), 410);

        // An ERROR event inside a 200, as recorded; keys and all.
        std::vector<Json> events;
        QVERIFY(client_->lines(watchPath(before), [&](std::string_view line) {
            events.push_back(Json::parse(line));
            return true;
        }));
        QCOMPARE(events.size(), std::size_t{1});
        Json recorded = Json::parse(test::captureBody("errors/410-watch-expired.http"));
        recorded["object"]["message"] = events[0]["object"]["message"];
        QCOMPARE(events[0].dump(), recorded.dump());

        // A list at an exact old version, and the next page of an old list, get 410 as their status.
        const net::HttpResponse exact =
            client_->get(std::string(kRuns) + "?resourceVersionMatch=Exact&limit=1&resourceVersion=" + before);
        QCOMPARE(exact.status, 410);
        QCOMPARE(Json::parse(exact.body)["reason"].get<std::string>(), std::string("Expired"));
    }
    void aContinueTokenExpires() {
        QCOMPARE(create("one").status, 201);
        QCOMPARE(create("two").status, 201);
        const Json page = client_->json(std::string(kRuns) + "?limit=1");
        const std::string next =
            std::string(kRuns) + "?limit=1&continue=" + page["metadata"]["continue"].get<std::string>();
        QCOMPARE(client_->json(next)["items"][0]["metadata"]["name"].get<std::string>(), std::string("two"));
        QCOMPARE(create("zzz").status, 201);
        QCOMPARE(fault("gone"), 200);
        const net::HttpResponse refused = client_->get(next);
        QCOMPARE(refused.status, 410);
        // The answer brings a token to go on with, inconsistently.
        const std::string fresh = Json::parse(refused.body)["metadata"]["continue"];
        QCOMPARE(client_->json(std::string(kRuns) + "?limit=1&continue=" + fresh)["items"][0]["metadata"]["name"]
                     .get<std::string>(),
                 std::string("two"));
    }
    void oneRequestIsUnauthorized() {
        QCOMPARE(fault("unauthorized-once"), 200);
        const net::HttpResponse refused = client_->get(kRuns);
        QCOMPARE(refused.status, 401);
        QCOMPARE(Json::parse(refused.body).dump(),
                 Json::parse(test::captureBody("errors/401-bad-token.http")).dump());
        QCOMPARE(client_->get(kRuns).status, 200);
    }
    void tooManyRequestsIsPlainText() {
        QCOMPARE(fault("too-many-requests:60"), 200);
        const net::HttpResponse refused = client_->get(kRuns);
        QCOMPARE(refused.status, 429);
        QVERIFY(refused.headers.find("Retry-After").has_value());
        QVERIFY(refused.headers.find("Content-Type").value_or("").starts_with("text/plain"));
        QVERIFY(Json::parse(refused.body, nullptr, false).is_discarded());
        QCOMPARE(fault("none"), 200);
        QCOMPARE(client_->get(kRuns).status, 200);
    }
    void answersAreSlow() {
        QCOMPARE(fault("slow:300:60"), 200);
        const auto begun = std::chrono::steady_clock::now();
        QCOMPARE(client_->get(kRuns).status, 200);
        QVERIFY(std::chrono::steady_clock::now() - begun >= std::chrono::milliseconds(300));
    }
    void theApiIsDownForAWhile() {
        auto watch = startWatch();
        QCOMPARE(fault("down:1"), 200);
        QVERIFY(!watch.get().ended);
        QCOMPARE(client_->get(kRuns).status, 0);
        QTRY_COMPARE_WITH_TIMEOUT(client_->get(kRuns).status, 200, kDeadlineMs);
    }
    void theServerFails() {
        QCOMPARE(fault("server-error:60"), 200);
        QCOMPARE(client_->get(kRuns).status, 500);
    }
    void quotaRefusesRuns() {
        QCOMPARE(fault("quota:60"), 200);
        const net::HttpResponse refused = create("too-many");
        QCOMPARE(refused.status, 403);
        QVERIFY(refused.body.find("exceeded quota") != std::string::npos);
        QCOMPARE(cluster_->record().back().outcome, std::string("refused"));
    }
    void anAnswerIsLostButTheRunIsThere() {
        QCOMPARE(fault("lost-answer"), 200);
        QCOMPARE(create("lost").status, 0);
        QCOMPARE(create("lost").status, 409);
        QVERIFY(cluster_->record().front().answerLost);
        QCOMPARE(client_->get(std::string(kRuns) + "/lost").status, 200);
    }
    void watchListIsRefusedInsideA200() {
        QCOMPARE(fault("watchlist-unsupported"), 200);
        std::vector<Json> events;
        QVERIFY(
            client_->lines(std::string(kRuns) + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan",
                           [&](std::string_view line) {
                               events.push_back(Json::parse(line));
                               return true;
                           }));
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0]["object"]["code"].get<int>(), 500);
    }
    void faultsAtTheStart() {
        DemoOptions options;
        options.faults = {"too-many-requests:60", "unauthorized-once"};
        auto cluster = DemoCluster::start(options, *log_);
        DemoClient client(**cluster);
        QCOMPARE(client.get(kRuns).status, 401);
        QCOMPARE(client.get(kRuns).status, 429);
        options.faults = {"no-such-fault"};
        const auto refused = DemoCluster::start(options, *log_);
        QVERIFY(!refused.has_value());
        QVERIFY(refused.error().message.find("drop-watches") != std::string::npos);
    }
    void unknownFaultsAndBrowsersAreRefused() {
        QCOMPARE(fault("no-such-fault"), 400);
        QCOMPARE(
            client_->registry(net::Method::Post, "/demo/fault", "down", {{"Origin", "http://evil.example"}}).status,
            403);
        QCOMPARE(client_->get(kRuns).status, 200);
    }
};

CEREBRAL_TEST(FaultTest)
#include "fault_test.moc"
