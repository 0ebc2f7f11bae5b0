#include "core/registry/docker_config.h"

#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "tests/support/test_main.h"

using namespace cerebral;
using registry::askCredentialHelper;
using registry::findCredentials;
using registry::parseDockerConfig;

class DockerConfigTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    /// A real program docker-credential-NAME in PATH.
    void makeHelper(const std::string& name, const std::string& script) {
        const std::string path = folder_.filePath(QString::fromStdString("docker-credential-" + name)).toStdString();
        std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    }

private slots:
    void initTestCase() { qputenv("PATH", (folder_.path() + ":" + qEnvironmentVariable("PATH")).toUtf8()); }

    void registryKeys() {
        using registry::registryKey;
        QCOMPARE(registryKey("10.34.0.202:5000"), std::string("10.34.0.202:5000"));
        QCOMPARE(registryKey("https://10.34.0.202:5000/v2/"), std::string("10.34.0.202:5000"));
        QCOMPARE(registryKey("https://index.docker.io/v1/"), std::string("index.docker.io"));
        QCOMPARE(registryKey("docker.io"), std::string("index.docker.io"));
    }

    void authsAreDecoded() {
        // "ada:se:cret" and "bob:pw\0".
        const auto config = parseDockerConfig(
            R"({"auths":{"http://10.34.0.202:5000":{"auth":"YWRhOnNlOmNyZXQ="},"https://index.docker.io/v1/":)"
            R"({"auth":"Ym9iOnB3AA=="},"token.example":{"identitytoken":"t0k"},"plain":{"username":"u","password":"p"}}})",
            "f");
        QVERIFY(config.has_value());
        const auto found = findCredentials(*config, "10.34.0.202:5000", {});
        QCOMPARE(found->user, std::string("ada"));
        QCOMPARE(found->password.reveal(), std::string_view("se:cret"));
        QCOMPARE(findCredentials(*config, "docker.io", {})->password.reveal(), std::string_view("pw"));
        QCOMPARE(findCredentials(*config, "token.example", {})->identityToken.reveal(), std::string_view("t0k"));
        QCOMPARE(findCredentials(*config, "plain", {})->user, std::string("u"));
        QVERIFY(findCredentials(*config, "other:5000", {})->empty());
    }

    void badFilesNameThePlaceAndNoSecret_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("not JSON") << QByteArray("{") << QByteArray("f: not a JSON object");
        QTest::newRow("array") << QByteArray("[]") << QByteArray("f: not a JSON object");
        QTest::newRow("not base64") << QByteArray(R"({"auths":{"r:5000":{"auth":"$$$"}}})")
                                    << QByteArray("f: auths[r:5000].auth is not base64 of user:password");
        QTest::newRow("no colon") << QByteArray(R"({"auths":{"r":{"auth":"c2VjcmV0"}}})")
                                  << QByteArray("f: auths[r].auth is not base64 of user:password");
    }
    void badFilesNameThePlaceAndNoSecret() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, message);
        const auto config = parseDockerConfig(json.toStdString(), "f");
        QVERIFY(!config.has_value());
        QCOMPARE(QByteArray::fromStdString(config.error().message), message);
    }

    void aHelperOutranksTheFile() {
        makeHelper("good",
                   "read url; [ \"$1\" = get ] && echo "
                   "\"{\\\"ServerURL\\\":\\\"$url\\\",\\\"Username\\\":\\\"$url\\\",\\\"Secret\\\":\\\"s\\\"}\"");
        const auto config = parseDockerConfig(
            "{\"auths\":{\"r:5000\":{\"auth\":\"YWRhOng=\"}},\"credHelpers\":{\"r:5000\":\"good\"}}", "f");
        const auto found = findCredentials(*config, "r:5000", {});
        QVERIFY2(found.has_value(), found ? "" : found.error().message.c_str());
        QCOMPARE(found->user, std::string("r:5000"));
        QCOMPARE(found->password.reveal(), std::string_view("s"));
    }

    void theStoreIsAskedForTheRest() {
        makeHelper("store",
                   "read url; if [ \"$url\" = \"https://index.docker.io/v1/\" ]; then\n            echo "
                   "'{\"Username\":\"<token>\",\"Secret\":\"refresh\"}'; else echo \"credentials not found in native "
                   "keychain\"; exit 1; fi");
        const auto config =
            parseDockerConfig("{\"auths\":{\"r\":{\"auth\":\"YWRhOng=\"}},\"credsStore\":\"store\"}", "f");
        const auto hub = findCredentials(*config, "registry-1.docker.io", {});
        QVERIFY(hub->user.empty());
        QCOMPARE(hub->identityToken.reveal(), std::string_view("refresh"));
        // Unknown to the store: what the file holds.
        QCOMPARE(findCredentials(*config, "r", {})->user, std::string("ada"));
        QVERIFY(findCredentials(*config, "s", {})->empty());
    }

    void helpersThatFailAreNamed() {
        makeHelper("broken", "echo \"keychain is locked\" >&2; exit 1");
        makeHelper("rubbish", "echo hello");
        makeHelper("hangs", "exec sleep 60");
        auto failed = askCredentialHelper("broken", "r", {});
        QCOMPARE(failed.error().message, std::string("docker-credential-broken failed: keychain is locked"));
        failed = askCredentialHelper("rubbish", "r", {});
        QCOMPARE(failed.error().kind, ErrorKind::Malformed);
        failed = askCredentialHelper("absent", "r", {});
        QCOMPARE(failed.error().message,
                 std::string("the credential helper docker-credential-absent is not installed"));
        failed = askCredentialHelper("hangs", "r", {}, std::chrono::milliseconds(50));
        QCOMPARE(failed.error().kind, ErrorKind::Timeout);
        for (const char* name : {"../x", "", "a b", "a/b"}) {
            QCOMPARE(askCredentialHelper(name, "r", {}).error().kind, ErrorKind::Config);
        }
    }

    void theFileIsWhereDockerKeepsIt() {
        QTemporaryDir home;
        qputenv("DOCKER_CONFIG", home.path().toUtf8());
        QVERIFY(registry::loadDockerConfig()->auths.empty());
        std::ofstream(home.filePath("config.json").toStdString()) << R"({"credsStore":"x"})";
        QCOMPARE(registry::loadDockerConfig()->store, std::string("x"));
        std::ofstream(home.filePath("config.json").toStdString()) << "{";
        QCOMPARE(registry::loadDockerConfig().error().kind, ErrorKind::Config);
        qunsetenv("DOCKER_CONFIG");
    }
};

CEREBRAL_TEST(DockerConfigTest)
#include "docker_config_test.moc"
