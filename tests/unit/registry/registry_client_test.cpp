#include "core/registry/registry_client.h"

#include <QtTest/QtTest>

#include "core/net/curl_transport.h"
#include "tests/support/captures.h"
#include "tests/support/test_main.h"
#include "tests/unit/registry/fake_registry.h"

using namespace cerebral;
using registry::RegistryAccess;
using registry::RegistryClient;
using test::FakeRegistry;

namespace {

/// Steady time in the test's hand.
class HandClock final : public Clock {
public:
    [[nodiscard]] WallTime now() const override { return WallTime{}; }
    [[nodiscard]] SteadyTime steadyNow() const override { return now_; }
    bool waitFor(std::chrono::milliseconds, std::stop_token) override { return false; }
    void pass(std::chrono::seconds time) { now_ += time; }

private:
    SteadyTime now_{std::chrono::hours(1)};
};

/// The recorded answer, status and headers and all.
net::ServerResponse recorded(const std::string& name) {
    net::ServerResponse response;
    response.body = test::readCapture("registry/" + name + ".json");
    for (const std::string& line : test::linesOf(test::readCapture("registry/" + name + ".headers"))) {
        if (line.starts_with("HTTP/")) {
            response.status = std::stoi(line.substr(9));
            continue;
        }
        const auto colon = line.find(": ");
        const std::string key = line.substr(0, colon);
        if (colon == std::string::npos || key == "Content-Length" || key == "Date") continue;
        std::string value = line.substr(colon + 2);
        while (!value.empty() && value.back() == '\r') value.pop_back();
        response.headers.add(key, value);
    }
    return response;
}

}  // namespace

class RegistryClientTest : public QObject {
    Q_OBJECT

    net::CurlTransport transport_;
    HandClock clock_;
    int asked_ = 0;

    RegistryClient client(const FakeRegistry& server, std::string password = {}) {
        RegistryAccess access;
        access.host = server.host();
        if (!password.empty()) {
            access.credentials = [this, user = server.user,
                                  password](const std::stop_token&) -> Result<registry::RegistryCredentials> {
                ++asked_;
                return registry::RegistryCredentials{user, Secret(password), {}};
            };
        }
        return {transport_, std::move(access), clock_};
    }

private slots:
    void init() { asked_ = 0; }

    void plainHttpOnlyWhereSaidOrLocal() {
        using registry::registryUrl;
        QCOMPARE(registryUrl({"10.34.0.202:5000", true, {}, {}}), std::string("http://10.34.0.202:5000"));
        QCOMPARE(registryUrl({"10.34.0.202:5000", false, {}, {}}), std::string("https://10.34.0.202:5000"));
        QCOMPARE(registryUrl({"127.0.0.1:5000", false, {}, {}}), std::string("http://127.0.0.1:5000"));
        QCOMPARE(registryUrl({"localhost.example:5000", false, {}, {}}),
                 std::string("https://localhost.example:5000"));
    }

    void theRecordedAnswersAreUnderstood() {
        FakeRegistry server;
        server.instead = [](const net::ServerRequest& request) -> net::ServerResponse {
            if (request.path == "/v2/_catalog" && request.query.find("last") != std::string::npos) {
                return {200, {{"Content-Type", "application/json"}}, R"({"repositories":["x"]})", false};
            }
            if (request.path == "/v2/_catalog") return recorded("catalog");
            if (request.path == "/v2/cerebral/ai-base/tags/list") return recorded("tags.ai-base");
            if (request.path == "/v2/cerebral/none/tags/list") return recorded("error.404");
            if (request.path == "/v2/cerebral/ai-base/manifests/cuda") return recorded("manifest.ai-base.cuda");
            if (request.path == "/v2/cerebral/ai-services/manifests/main")
                return recorded("manifest.ai-services.main");
            if (request.path.find("/blobs/") != std::string::npos) return recorded("config.ai-services.main");
            return {};
        };
        auto registry = client(server);
        QCOMPARE(registry.catalog({}).value(),
                 (std::vector<std::string>{"cerebral/ai-base", "cerebral/ai-services", "x"}));
        QCOMPARE(registry.tags("cerebral/ai-base", {}).value(),
                 (std::vector<std::string>{"cpu-single", "cuda", "cpu"}));
        const auto none = registry.tags("cerebral/none", {});
        QCOMPARE(none.error().kind, ErrorKind::NotFound);
        QCOMPARE(none.error().reason, std::string("NAME_UNKNOWN"));
        const auto index = registry.manifest("cerebral/ai-base", "cuda", {});
        QVERIFY2(index.has_value(), index ? "" : index.error().message.c_str());
        QCOMPARE(index->digest,
                 std::string("sha256:75b196efc4a636017b273eb2faadebf10019b2296865b79ea5853f6f3d86df25"));
        const auto image = registry.manifest("cerebral/ai-services", "main", {});
        const auto config = registry.config("cerebral/ai-services", image->manifest.config.digest, {});
        QVERIFY2(config.has_value(), config ? "" : config.error().message.c_str());
        QCOMPARE(config->diffIds.size(), std::size_t{3});
    }

    void everyPageIsRead() {
        FakeRegistry server;
        server.pageSize = 3;
        for (int i = 0; i < 10; ++i) server.tag("r" + std::to_string(i), "t", "");
        for (int i = 0; i < 7; ++i) server.tag("many/tags", "t" + std::to_string(i), "");
        auto registry = client(server);
        QCOMPARE(registry.catalog({})->size(), std::size_t{11});
        QCOMPARE(registry.tags("many/tags", {})->size(), std::size_t{7});
        QCOMPARE(server.count("GET /v2/many/tags/tags/list"), 3);
    }

    void pagesThatLeadAstrayEnd() {
        FakeRegistry server;
        std::string link = "</v2/_catalog?n=1000>; rel=\"next\"";
        server.instead = [&](const net::ServerRequest&) -> net::ServerResponse {
            return {200, {{"Link", link}}, R"({"repositories":null})", false};
        };
        auto registry = client(server);
        QVERIFY(registry.catalog({})->empty());  // the same page again
        link = "<http://other.example/v2/_catalog?last=a>; rel=\"next\"";
        QCOMPARE(registry.catalog({}).error().kind, ErrorKind::Malformed);
        int page = 0;
        server.instead = [&](const net::ServerRequest&) -> net::ServerResponse {
            return {200, {{"Link", "</v2/_catalog?last=" + std::to_string(++page) + ">; rel=next"}}, "{}", false};
        };
        QCOMPARE(registry.catalog({}).error().kind, ErrorKind::LimitExceeded);
    }

    void basicCredentialsAreSentOnlyWhenAskedFor() {
        FakeRegistry server;
        server.auth = FakeRegistry::Auth::Basic;
        auto anonymous = client(server);
        QCOMPARE(anonymous.ping({}).error().kind, ErrorKind::Unauthorized);
        auto known = client(server, "secret");
        QVERIFY(known.ping({}).has_value());
        QVERIFY(known.ping({}).has_value());
        QCOMPARE(server.count("GET /v2/ 401"), 2);  // one of each client
        QCOMPARE(asked_, 1);
        const auto wrong = client(server, "wrong").ping({});
        QCOMPARE(wrong.error().kind, ErrorKind::Unauthorized);
        QVERIFY(wrong.error().message.find("wrong") == std::string::npos);
        server.auth = FakeRegistry::Auth::None;
        QVERIFY(client(server, "secret").ping({}).has_value());
        QCOMPARE(server.lastAuthorization, std::string());
    }

    void tokensAreKeptPerScopeUntilTheyExpire() {
        FakeRegistry server;
        server.auth = FakeRegistry::Auth::Bearer;
        server.tag("a", "t", "");
        server.tag("b", "t", "");
        auto registry = client(server, "secret");
        QVERIFY(registry.tags("a", {}).has_value());
        QVERIFY(registry.tags("a", {}).has_value());
        QCOMPARE(server.count("GET /token"), 1);
        QCOMPARE(server.count("GET /v2/a/tags/list 401"), 1);
        QVERIFY(registry.tags("b", {}).has_value());
        QCOMPARE(server.count("GET /token"), 2);
        clock_.pass(std::chrono::seconds(400));
        QVERIFY(registry.tags("a", {}).has_value());
        QCOMPARE(server.count("GET /token"), 3);
    }

    void identityTokensAreExchanged() {
        FakeRegistry server;
        server.auth = FakeRegistry::Auth::Bearer;
        RegistryAccess access;
        access.host = server.host();
        access.credentials = [&](const std::stop_token&) -> Result<registry::RegistryCredentials> {
            return registry::RegistryCredentials{"", {}, Secret(server.password)};
        };
        RegistryClient registry(transport_, access, clock_);
        QVERIFY(registry.ping({}).has_value());
        QCOMPARE(server.count("POST /token 200"), 1);
    }

    void credentialsDoNotGoToAStrangerWithoutTls() {
        FakeRegistry server;
        FakeRegistry stranger;
        server.auth = FakeRegistry::Auth::Bearer;
        server.realm = "http://localhost:" + stranger.host().substr(stranger.host().find(':') + 1) + "/token";
        const auto refused = client(server, "secret").ping({});
        QCOMPARE(refused.error().kind, ErrorKind::Tls);
        QVERIFY(stranger.requests().empty());
        server.realm = "no url";
        QCOMPARE(client(server, "secret").ping({}).error().kind, ErrorKind::Malformed);
    }

    void redirectsAreFollowedWithoutCredentials() {
        FakeRegistry server;
        FakeRegistry storage;
        server.auth = FakeRegistry::Auth::Basic;
        server.redirectBlobsTo = "http://" + storage.host();
        const std::string config = R"({"os":"linux","architecture":"arm64"})";
        (void)server.put("a", "x", config);
        const std::string digest = storage.put("a", "x", config);
        auto registry = client(server, "secret");
        const auto read = registry.config("a", digest, {});
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QCOMPARE(read->platform.architecture, std::string("arm64"));
        QCOMPARE(storage.lastAuthorization, std::string());
        QVERIFY(server.lastAuthorization.starts_with("Basic "));
        // A circle ends.
        storage.redirectBlobsTo = "http://" + storage.host();
        QVERIFY(!registry.config("a", digest, {}).has_value());
    }

    void bytesThatAreNotTheirDigestAreRefused() {
        FakeRegistry server;
        const std::string digest = server.put("a", "x", "{}");
        server.instead = [](const net::ServerRequest&) -> net::ServerResponse {
            return {200, {{"Content-Type", "application/octet-stream"}}, "{\"os\":\"evil\"}", false};
        };
        QCOMPARE(client(server).config("a", digest, {}).error().kind, ErrorKind::Malformed);
    }

    void namesThatLeadElsewhereAreNeverSent() {
        FakeRegistry server;
        auto registry = client(server);
        for (const char* name : {"", "/a", "a/", "a//b", "../a", "A", "a?b", "a b", "a%2fb"}) {
            QCOMPARE(registry.tags(name, {}).error().kind, ErrorKind::Invalid);
        }
        for (const char* tag : {"", "a/b", "..", "-x", "a?b", "sha256:x"}) {
            QCOMPARE(registry.manifest("a", tag, {}).error().kind, ErrorKind::Invalid);
        }
        QVERIFY(server.requests().empty());
    }

    void refusalsSayWhy() {
        FakeRegistry server;
        auto registry = client(server);
        server.instead = [](const net::ServerRequest&) -> net::ServerResponse {
            return {429, {{"Retry-After", "7"}}, "slow down", false};
        };
        const auto busy = registry.catalog({});
        QCOMPARE(busy.error().kind, ErrorKind::TooManyRequests);
        QCOMPARE(busy.error().retryAfter, std::optional(std::chrono::milliseconds(7000)));
        server.instead = [](const net::ServerRequest&) -> net::ServerResponse {
            return {404, {}, "404 page not found\n", false};
        };
        QCOMPARE(registry.ping({}).error().kind, ErrorKind::Unsupported);
        server.instead = [](const net::ServerRequest&) -> net::ServerResponse { return {503, {}, "", false}; };
        QCOMPARE(registry.ping({}).error().kind, ErrorKind::ServerError);
    }

    void aHeadTellsWhetherATagMoved() {
        FakeRegistry server;
        const std::string first = server.putImage("a", "amd64", {"1"});
        server.tag("a", "main", first);
        auto registry = client(server);
        auto head = registry.head("a", "main", "", {});
        QVERIFY2(head.has_value(), head ? "" : head.error().message.c_str());
        QCOMPARE(head->digest, first);
        QVERIFY(!head->unchanged);
        QCOMPARE(head->mediaType, std::string(registry::kOciManifest));
        head = registry.head("a", "main", first, {});
        QVERIFY(head->unchanged);
        QCOMPARE(server.requests().back(), std::string("HEAD /v2/a/manifests/main 304"));
        const std::string second = server.putImage("a", "amd64", {"2"});
        server.tag("a", "main", second);
        head = registry.head("a", "main", first, {});
        QVERIFY(!head->unchanged);
        QCOMPARE(head->digest, second);
        QCOMPARE(registry.head("a", "gone", "", {}).error().kind, ErrorKind::NotFound);
    }
};

CEREBRAL_TEST(RegistryClientTest)
#include "registry_client_test.moc"
