#include "core/registry/registry_mirror.h"

#include <QtTest/QtTest>

#include "core/net/curl_transport.h"
#include "tests/support/test_main.h"
#include "tests/unit/registry/fake_registry.h"

using namespace cerebral;
using registry::MirrorOptions;
using registry::RegistryClient;
using registry::RegistryMirror;
using test::FakeRegistry;

class RegistryMirrorTest : public QObject {
    Q_OBJECT

    net::CurlTransport transport_;
    SystemClock clock_;

    RegistryClient client(const FakeRegistry& server) {
        registry::RegistryAccess access;
        access.host = server.host();
        return {transport_, std::move(access), clock_};
    }
    /// A base for two architectures and a service on it.
    static void fill(FakeRegistry& server) {
        const std::string amd = server.putImage("cerebral/ai-base", "amd64", {"base amd"});
        const std::string arm = server.putImage("cerebral/ai-base", "arm64", {"base arm"});
        server.tag("cerebral/ai-base", "cuda",
                   server.putIndex("cerebral/ai-base", {{"amd64", amd}, {"arm64", arm}}, true));
        server.tag("cerebral/ai-base", "cpu", amd);
        server.tag("cerebral/ai-services", "main",
                   server.putImage("cerebral/ai-services", "amd64", {"base amd", "code"}, "abc123"));
    }

private slots:
    void imagesAreWhole() {
        FakeRegistry server;
        fill(server);
        auto source = client(server);
        RegistryMirror mirror(source);
        const auto outcome = mirror.refresh({});
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(outcome->added, 3);
        QVERIFY(outcome->problems.empty());
        const auto images = mirror.images();
        QCOMPARE(images.size(), std::size_t{3});
        const auto& cpu = *images[0];
        const auto& cuda = *images[1];
        const auto& service = *images[2];
        QCOMPARE(cpu.missing({"amd64", "arm64"}), std::vector<std::string>{"arm64"});
        QVERIFY(cuda.missing({"amd64", "arm64"}).empty());
        QCOMPARE(cuda.platforms.size(), std::size_t{2});  // the attestation is hidden
        QCOMPARE(cuda.size(), std::int64_t{3000});
        QCOMPARE(service.revision(), std::string("abc123"));
        QVERIFY(service.created().has_value());
        QCOMPARE(isBuiltOn(service, cuda), std::optional(true));
        server.tag("cerebral/ai-base", "cuda", server.putImage("cerebral/ai-base", "amd64", {"newer base"}));
        QCOMPARE(mirror.refresh({})->changed, 1);
        QCOMPARE(isBuiltOn(service, *mirror.images()[1]), std::optional(false));
    }

    void anUnchangedRegistryCostsHeadsAlone() {
        FakeRegistry server;
        fill(server);
        auto source = client(server);
        RegistryMirror mirror(source);
        (void)mirror.refresh({});
        server.clearRequests();
        const auto outcome = mirror.refresh({});
        QVERIFY(outcome->nothingNew());
        QCOMPARE(outcome->unchanged, 3);
        QCOMPARE(server.count("HEAD "), 3);
        for (const std::string& request : server.requests()) {
            if (request.starts_with("HEAD ")) QVERIFY2(request.ends_with(" 304"), request.c_str());
        }
        QCOMPARE(server.count("GET /v2/cerebral/ai-base/manifests"), 0);
        QCOMPARE(server.count("GET "), 3);  // the catalog and two lists of tags
    }

    void aMovedTagCostsOnlyItsNewParts() {
        FakeRegistry server;
        fill(server);
        auto source = client(server);
        RegistryMirror mirror(source);
        (void)mirror.refresh({});
        const std::string amd = server.putImage("cerebral/ai-base", "amd64", {"base amd"});
        const std::string arm = server.putImage("cerebral/ai-base", "arm64", {"base arm, patched"});
        server.tag("cerebral/ai-base", "cuda", server.putIndex("cerebral/ai-base", {{"amd64", amd}, {"arm64", arm}}));
        server.clearRequests();
        QCOMPARE(mirror.refresh({})->changed, 1);
        QCOMPARE(server.count("GET /v2/cerebral/ai-base/manifests"), 2);  // the index and arm64's
        QCOMPARE(server.count("GET /v2/cerebral/ai-base/blobs"), 1);
    }

    void whatIsGoneIsForgotten() {
        FakeRegistry server;
        fill(server);
        auto source = client(server);
        RegistryMirror mirror(source);
        (void)mirror.refresh({});
        server.untag("cerebral/ai-base", "cpu");
        QCOMPARE(mirror.refresh({})->removed, 1);
        QCOMPARE(mirror.images().size(), std::size_t{2});
    }

    void aRegistryWithoutDigestHeadersIsReadAgain() {
        FakeRegistry server;
        server.digestHeaders = false;
        fill(server);
        auto source = client(server);
        RegistryMirror mirror(source);
        QCOMPARE(mirror.refresh({})->added, 3);
        const auto outcome = mirror.refresh({});
        QVERIFY(outcome->nothingNew());
        QCOMPARE(outcome->unchanged, 3);
    }

    void namesHelpWhereListingIsForbidden() {
        FakeRegistry server;
        fill(server);
        server.forbidCatalog = true;
        auto source = client(server);
        QCOMPARE(RegistryMirror(source).refresh({}).error().kind, ErrorKind::Forbidden);
        RegistryMirror mirror(source, MirrorOptions{{"cerebral/ai-base", "cerebral/none"}, ""});
        QCOMPARE(mirror.refresh({})->added, 2);
    }

    void onlyThePrefixIsRead() {
        FakeRegistry server;
        fill(server);
        server.tag("other", "x", server.putImage("other", "amd64", {"1"}));
        auto source = client(server);
        RegistryMirror mirror(source, MirrorOptions{{}, "cerebral/"});
        QCOMPARE(mirror.refresh({})->added, 3);
    }

    void oneBadTagSpoilsNoOther() {
        FakeRegistry server;
        fill(server);
        server.tag("cerebral/ai-base", "bad", server.put("cerebral/ai-base", "text/plain", "{}"));
        const std::string lost = server.putImage("cerebral/ai-base", "arm64", {"lost"});
        server.tag("cerebral/ai-base", "half", server.putIndex("cerebral/ai-base", {{"arm64", lost}}));
        server.forget(lost);
        auto source = client(server);
        RegistryMirror mirror(source);
        const auto outcome = mirror.refresh({});
        QCOMPARE(outcome->added, 3);
        QCOMPARE(outcome->problems.size(), std::size_t{2});
        QCOMPARE(outcome->problems[0].tag, std::string("bad"));
        QCOMPARE(outcome->problems[1].error.message, std::string("the manifest for linux/arm64 is not there"));
    }

    void beingToldToWaitEndsTheRound() {
        FakeRegistry server;
        fill(server);
        auto source = client(server);
        RegistryMirror mirror(source);
        (void)mirror.refresh({});
        server.instead = [](const net::ServerRequest& request) -> net::ServerResponse {
            if (request.methodText != "HEAD") return {0, {}, "", false};
            return {429, {{"Retry-After", "3"}}, "", false};
        };
        server.clearRequests();
        const auto outcome = mirror.refresh({});
        QCOMPARE(outcome.error().kind, ErrorKind::TooManyRequests);
        QCOMPARE(server.count("HEAD "), 1);
        QCOMPARE(mirror.images().size(), std::size_t{3});  // nothing known is lost
    }

    void aStopEndsTheRound() {
        FakeRegistry server;
        fill(server);
        auto source = client(server);
        RegistryMirror mirror(source);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(mirror.refresh(stop.get_token()).error().kind, ErrorKind::Cancelled);
    }
};

CEREBRAL_TEST(RegistryMirrorTest)
#include "registry_mirror_test.moc"
