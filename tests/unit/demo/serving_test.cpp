// What clients that list and watch rely on, and the registry's paging and validators.
#include <QtTest>
#include <algorithm>
#include <set>

#include "tests/support/captures.h"
#include "tests/support/test_main.h"
#include "tests/unit/demo/demo_client.h"

using namespace cerebral;
using namespace cerebral::demo;
using test::DemoClient;
using Json = nlohmann::json;

namespace {

constexpr const char* kMaps = "/api/v1/namespaces/default/configmaps";
constexpr const char* kManifest = "application/vnd.oci.image.manifest.v1+json";

}  // namespace

class ServingTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Logger> log_ = makeNullLogger();
    std::unique_ptr<DemoCluster> cluster_;
    std::unique_ptr<DemoClient> client_;

    void add(const std::string& name) {
        const Json map = {{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", name}}}};
        QCOMPARE(client_->send(net::Method::Post, kMaps, map.dump(), {{"Content-Type", "application/json"}}).status,
                 201);
    }
    /// Events until `enough` says so.
    std::vector<Json> watch(const std::string& query, const std::function<bool(const Json&)>& enough) {
        std::vector<Json> events;
        client_->lines(std::string(kMaps) + "?watch=1&timeoutSeconds=30" + query, [&](std::string_view line) {
            events.push_back(Json::parse(line));
            return !enough(events.back());
        });
        return events;
    }

private slots:
    void initTestCase() {
        DemoOptions options;
        options.historyPerKind = 5;
        options.runs = 1200;
        auto cluster = DemoCluster::start(options, *log_);
        QVERIFY(cluster.has_value());
        cluster_ = std::move(*cluster);
        client_ = std::make_unique<DemoClient>(*cluster_);
    }
    void initialEventsEndWithABookmark() {
        add("a");
        add("b");
        const auto events =
            watch("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true",
                  [](const Json& event) { return event["type"] == "BOOKMARK"; });
        QVERIFY(events.size() >= 3);
        for (std::size_t i = 0; i + 1 < events.size(); ++i)
            QCOMPARE(events[i]["type"].get<std::string>(), std::string("ADDED"));
        const Json& end = events.back()["object"]["metadata"];
        QCOMPARE(end["annotations"]["k8s.io/initial-events-end"].get<std::string>(), std::string("true"));
        // Resuming from it shows what comes next and nothing else.
        add("c");
        const auto next =
            watch("&resourceVersion=" + end["resourceVersion"].get<std::string>(), [](const Json&) { return true; });
        QCOMPARE(next.at(0)["object"]["metadata"]["name"].get<std::string>(), std::string("c"));
    }
    void sendInitialEventsNeedsItsMatch() {
        QCOMPARE(client_->get(std::string(kMaps) + "?watch=1&sendInitialEvents=true").status, 422);
    }
    void aLongStateComesWholeAndOnce() {
        std::set<std::string> names;
        bool ended = false;
        client_->lines(
            "/apis/tekton.dev/v1/pipelineruns?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
            "&allowWatchBookmarks=true&timeoutSeconds=30",
            [&](std::string_view line) {
                const Json event = Json::parse(line);
                if (event["type"] == "ADDED" && !names.insert(event["object"]["metadata"]["name"]).second)
                    qFatal("twice");
                ended = event["type"] == "BOOKMARK";
                return !ended;
            });
        QVERIFY(ended);
        QCOMPARE(names.size(), std::size_t{1200});
    }
    void pagesAddUp() {
        std::set<std::string> names;
        std::string token;
        std::size_t pages = 0;
        do {
            const Json page = client_->json("/apis/tekton.dev/v1/pipelineruns?limit=500&continue=" + token);
            for (const Json& run : page["items"]) names.insert(run["metadata"]["name"]);
            const std::size_t left = page["metadata"].value("remainingItemCount", std::size_t{0});
            QCOMPARE(names.size() + left, std::size_t{1200});
            token = page["metadata"].value("continue", "");
            ++pages;
        } while (!token.empty());
        QCOMPARE(pages, std::size_t{3});
        QCOMPARE(names.size(), std::size_t{1200});
    }
    void behindTheWindowIsGone() {
        const std::string old = client_->json(kMaps)["metadata"]["resourceVersion"];
        for (int i = 0; i < 8; ++i) add("more" + std::to_string(i));
        const auto events = watch("&resourceVersion=" + old, [](const Json&) { return true; });
        QCOMPARE(events.at(0)["type"].get<std::string>(), std::string("ERROR"));
        QCOMPARE(events.at(0)["object"]["code"].get<int>(), 410);
    }
    void theRegistryPagesByLink() {
        std::vector<std::string> names;
        std::string path = "/v2/_catalog?n=3";
        while (!path.empty()) {
            const net::HttpResponse page = client_->registry(net::Method::Get, path);
            const Json body = Json::parse(page.body);
            for (const Json& name : body["repositories"]) names.push_back(name);
            const std::string link(page.headers.find("Link").value_or(""));
            path = link.empty() ? "" : link.substr(1, link.find('>') - 1);
            QVERIFY(path.empty() || link.ends_with("; rel=\"next\""));
        }
        QVERIFY(std::ranges::is_sorted(names));
        QVERIFY(std::ranges::find(names, "cerebral/ai-base") != names.end());
        QCOMPARE(names.size(),
                 Json::parse(client_->registry(net::Method::Get, "/v2/_catalog").body)["repositories"].size());
    }
    void manifestsHaveValidators() {
        const std::string path = "/v2/cerebral/ai-services/manifests/main";
        const net::HttpResponse manifest = client_->registry(net::Method::Get, path, {}, {{"Accept", kManifest}});
        QCOMPARE(manifest.status, 200);
        const std::string etag(manifest.headers.find("ETag").value_or(""));
        QCOMPARE(etag, "\"" + std::string(manifest.headers.find("Docker-Content-Digest").value_or("")) + "\"");
        const net::HttpResponse same =
            client_->registry(net::Method::Get, path, {}, {{"Accept", kManifest}, {"If-None-Match", etag}});
        QCOMPARE(same.status, 304);
        QVERIFY(same.body.empty());
        // As recorded: without a fitting Accept an OCI image is not found.
        const net::HttpResponse refused = client_->registry(net::Method::Get, path);
        QCOMPARE(refused.status, 404);
        QCOMPARE(
            Json::parse(refused.body)["errors"][0]["code"].dump(),
            Json::parse(test::readCapture("registry/manifest.ai-services.main.default.json"))["errors"][0]["code"]
                .dump());
    }
    void unknownTagsAndWritesAreRefusedAsRecorded() {
        const Json missing = Json::parse(
            client_
                ->registry(net::Method::Get, "/v2/cerebral/ai-services/manifests/nope", {}, {{"Accept", kManifest}})
                .body);
        QCOMPARE(missing["errors"][0]["code"].get<std::string>(), std::string("MANIFEST_UNKNOWN"));
        QCOMPARE(client_->registry(net::Method::Delete, "/v2/cerebral/ai-services/manifests/main").status, 405);
    }
};

CEREBRAL_TEST(ServingTest)
#include "serving_test.moc"
