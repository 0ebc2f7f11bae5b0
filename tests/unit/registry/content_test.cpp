#include "core/registry/content.h"

#include <QtTest/QtTest>

#include "core/base/time_format.h"
#include "core/registry/image.h"
#include "tests/support/captures.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using registry::Image;
using registry::parseImageConfig;
using registry::parseManifest;
using registry::PlatformImage;

namespace {

PlatformImage platformImage(const char* architecture, std::vector<std::string> layers) {
    PlatformImage image;
    image.platform = {"linux", architecture, ""};
    image.layers = std::move(layers);
    return image;
}

}  // namespace

class ContentTest : public QObject {
    Q_OBJECT
private slots:
    void theRecordedIndex() {
        const auto index = parseManifest(test::readCapture("registry/manifest.ai-base.cuda.json"), "");
        QVERIFY(index.has_value());
        QVERIFY(index->isIndex());
        QCOMPARE(index->entries.size(), std::size_t{2});
        QCOMPARE(index->entries[0].platform.text(), std::string("linux/amd64"));
        QCOMPARE(index->entries[1].platform.text(), std::string("linux/arm64"));
        QCOMPARE(index->attestations, 0);
    }

    void theRecordedManifests() {
        const auto base = parseManifest(test::readCapture("registry/manifest.ai-base.cpu.json"), "");
        QCOMPARE(base->size(), std::int64_t{410 + 1084090});
        QCOMPARE(base->layers.size(), std::size_t{1});
        const auto service = parseManifest(test::readCapture("registry/manifest.ai-services.main.json"), "");
        QCOMPARE(service->size(), std::int64_t{799 + 1084090 + 241 + 587});
        QCOMPARE(service->config.digest,
                 std::string("sha256:6f3f0ad2deb7b1ac80bd40116a1e29122f6d063316937b05867ef67668ad14d0"));
        // Kaniko left the base's layers as they were: built on it.
        QCOMPARE(service->layers[0].digest, base->layers[0].digest);
    }

    void theRecordedConfiguration() {
        const auto config = parseImageConfig(test::readCapture("registry/config.ai-services.main.json"));
        QVERIFY(config.has_value());
        QCOMPARE(config->platform.text(), std::string("linux/amd64"));
        QCOMPARE(QString::fromStdString(formatRfc3339Millis(*config->created)), QString("2026-11-23T07:02:36.367Z"));
        QCOMPARE(config->diffIds.size(), std::size_t{3});
        QCOMPARE(config->labels.at("io.buildah.version"), std::string("1.28.2"));
        QCOMPARE(config->revision(), std::string());
    }

    void theMediaTypeMayStandInTheHeaderOnly() {
        const std::string entry =
            "{\"manifests\":[{\"digest\":\"sha256:" + std::string(64, 'a') + "\",\"platform\":{\"os\":\"linux\"}}]}";
        const auto index = parseManifest(entry, "application/vnd.docker.distribution.manifest.list.v2+json; q=1");
        QVERIFY(index.has_value());
        QCOMPARE(index->entries.size(), std::size_t{1});
        QCOMPARE(parseManifest(entry, "text/plain").error().kind, ErrorKind::Unsupported);
        QCOMPARE(parseManifest(entry, "application/vnd.docker.distribution.manifest.v1+json").error().kind,
                 ErrorKind::Unsupported);
    }

    void attestationsAreNoImages() {
        const std::string digest = "\"digest\":\"sha256:" + std::string(64, 'b') + "\"";
        const auto index =
            parseManifest(R"({"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{)" + digest +
                              R"(,"platform":{"os":"unknown","architecture":"unknown"}},{)" + digest +
                              R"(,"annotations":{"vnd.docker.reference.type":"attestation-manifest"}},{)" + digest +
                              R"(,"platform":{"os":"linux","architecture":"arm","variant":"v7"}}]})",
                          "");
        QCOMPARE(index->attestations, 2);
        QCOMPARE(index->entries.size(), std::size_t{1});
        QCOMPARE(index->entries[0].platform.text(), std::string("linux/arm/v7"));
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("json");
        const QByteArray oci = "application/vnd.oci.image.manifest.v1+json";
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("no config") << QByteArray("{\"mediaType\":\"" + oci + "\"}");
        QTest::newRow("config that leads elsewhere")
            << QByteArray("{\"mediaType\":\"" + oci + "\",\"config\":{\"digest\":\"../../x\"}}");
        QTest::newRow("layer without digest")
            << QByteArray("{\"mediaType\":\"" + oci + "\",\"config\":{\"digest\":\"sha256:" + QByteArray(64, 'a') +
                          "\"},\"layers\":[{}]}");
        QTest::newRow("index entry") << QByteArray(
            "{\"mediaType\":\"application/"
            "vnd.oci.image.index.v1+json\",\"manifests\":[{\"digest\":\"sha256:XYZ\"}]}");
    }
    void refused() {
        QFETCH(QByteArray, json);
        QVERIFY(!parseManifest(json.toStdString(), "").has_value());
    }

    void sizesSaturate() {
        const std::string digest = "\"digest\":\"sha256:" + std::string(64, 'a') + "\"";
        const auto huge =
            parseManifest(R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"size":-5,)" +
                              digest + R"(},"layers":[{"size":9223372036854775807,)" + digest +
                              R"(},{"size":9223372036854775807,)" + digest + "}]}",
                          "");
        QCOMPARE(huge->size(), std::numeric_limits<std::int64_t>::max());
    }

    void zeroTimesAreUnknown() {
        QVERIFY(!parseImageConfig(R"({"created":"1970-01-01T00:00:00Z"})")->created);
        QVERIFY(!parseImageConfig(R"({"created":"0001-01-01T00:00:00Z"})")->created);
        QVERIFY(!parseImageConfig("{}")->created);
        QVERIFY(!parseImageConfig("[").has_value());
    }

    void builtOnItsBase() {
        Image base;
        base.platforms = {platformImage("amd64", {"1", "2"}), platformImage("arm64", {"7"})};
        Image image;
        image.platforms = {platformImage("amd64", {"1", "2", "3"})};
        QCOMPARE(isBuiltOn(image, base), std::optional(true));
        image.platforms[0].layers = {"1", "9", "3"};
        QCOMPARE(isBuiltOn(image, base), std::optional(false));
        image.platforms[0].layers = {"1"};
        QCOMPARE(isBuiltOn(image, base), std::optional(false));
        image.platforms[0].diffIds = {"a", "b"};
        base.platforms[0].diffIds = {"a"};
        QCOMPARE(isBuiltOn(image, base), std::optional(true));
        image.platforms.push_back(platformImage("arm64", {"8"}));
        QCOMPARE(isBuiltOn(image, base), std::optional(false));
        image.platforms = {platformImage("s390x", {"1"})};
        QVERIFY(!isBuiltOn(image, base));
        base.platforms = {platformImage("s390x", {})};
        QCOMPARE(isBuiltOn(image, base), std::optional(false));
    }

    void anImageSumsUpItsPlatforms() {
        Image image;
        image.platforms = {platformImage("amd64", {}), platformImage("arm64", {})};
        image.platforms[0].size = 10;
        image.platforms[1].size = 20;
        image.platforms[0].created = WallTime{std::chrono::hours(100)};
        image.platforms[0].revision = image.platforms[1].revision = "abc";
        QCOMPARE(image.size(), std::int64_t{30});
        QCOMPARE(image.created(), std::optional(WallTime{std::chrono::hours(100)}));
        QCOMPARE(image.revision(), std::string("abc"));
        image.platforms[1].revision = "def";
        QCOMPARE(image.revision(), std::string());
        QVERIFY(image.missing({"amd64", "arm64"}).empty());
        QCOMPARE(image.missing({"amd64", "s390x"}), std::vector<std::string>{"s390x"});
        image.platforms[1].platform.os = "windows";
        QCOMPARE(image.missing({"arm64"}), std::vector<std::string>{"arm64"});
    }
};

CEREBRAL_TEST(ContentTest)
#include "content_test.moc"
