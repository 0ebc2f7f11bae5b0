#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/child_process.h"
#include "tests/support/test_main.h"
#include "tests/unit/registry/fake_registry.h"

using namespace cerebral;
using test::FakeRegistry;
using test::Finished;

/// The real program against a small registry on a real socket.
class RegistryCommandTest : public QObject {
    Q_OBJECT

    QTemporaryDir home_;

    static void fill(FakeRegistry& server) {
        const std::string amd = server.putImage("cerebral/ai-base", "amd64", {"amd"});
        const std::string arm = server.putImage("cerebral/ai-base", "arm64", {"arm"});
        server.tag("cerebral/ai-base", "cuda",
                   server.putIndex("cerebral/ai-base", {{"amd64", amd}, {"arm64", arm}}, true));
        server.tag("cerebral/ai-base", "cpu", server.putImage("cerebral/ai-base", "amd64", {"small"}));
        server.tag("cerebral/ai-services", "main",
                   server.putImage("cerebral/ai-services", "amd64", {"amd", "code"}, std::string(40, 'a')));
        server.tag("cerebral/data-services", "main",
                   server.putImage("cerebral/data-services", "amd64", {"amd of last month", "code"}));
    }
    Finished list(const FakeRegistry& server, const QStringList& more = {}) {
        return test::runToEnd("cerebralctl",
                              QStringList{"registry", "--registry", QString::fromStdString(server.host())} + more,
                              {{"HOME", home_.path()}});
    }

private slots:
    void imagesForPrograms() {
        FakeRegistry server;
        fill(server);
        const Finished done = list(server, {"-o", "json"});
        QVERIFY2(done.exitCode == 0, done.err);
        const QJsonArray images = QJsonDocument::fromJson(done.out).array();
        QCOMPARE(images.size(), 4);
        const QJsonValue cpu = images[0];
        QCOMPARE(cpu["tag"].toString(), QString("cpu"));
        QCOMPARE(cpu["missingArchitectures"].toArray(), QJsonArray({"arm64"}));
        QCOMPARE(images[1]["platforms"].toArray().size(), 2);
        QCOMPARE(images[2]["base"].toString(), QString("cuda"));
        QCOMPARE(images[2]["revision"].toString(), QString(40, 'a'));
        QCOMPARE(images[2]["missingArchitectures"].toArray(), QJsonArray());
        QCOMPARE(images[3]["base"].toString(), QString("older"));
    }

    void aTableForPeople() {
        FakeRegistry server;
        fill(server);
        const Finished done = list(server, {"--architectures", "amd64,arm64,s390x"});
        QVERIFY2(done.exitCode == 0, done.err);
        QVERIFY2(done.out.startsWith("REPOSITORY"), done.out);
        QVERIFY2(done.out.contains("linux/amd64,linux/arm64 (no s390x!)"), done.out);
        QVERIFY2(done.out.contains("aaaaaaaa   cuda"), done.out);
        QVERIFY2(done.out.contains("3.0 kB"), done.out);
    }

    void dockersCredentialsAreUsed() {
        FakeRegistry server;
        fill(server);
        server.auth = FakeRegistry::Auth::Basic;
        Finished done = list(server);
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(done.err.contains("401"), done.err);
        QVERIFY(QDir(home_.path()).mkpath(".docker"));
        QFile config(home_.filePath(".docker/config.json"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("{\"auths\":{\"" + QByteArray::fromStdString(server.host()) + "\":{\"auth\":\"" +
                     QByteArray("ada:secret").toBase64() + "\"}}}");
        config.close();
        done = list(server);
        QVERIFY2(done.exitCode == 0, done.err);
        QVERIFY(!done.out.contains("secret") && !done.err.contains("secret"));
    }

    void namesInsteadOfTheCatalog() {
        FakeRegistry server;
        fill(server);
        server.forbidCatalog = true;
        QCOMPARE(list(server).exitCode, 1);
        const Finished done = list(server, {"cerebral/ai-base", "-o", "json"});
        QVERIFY2(done.exitCode == 0, done.err);
        QCOMPARE(QJsonDocument::fromJson(done.out).array().size(), 2);
    }

    void whatIsNotThereIsSaid() {
        const Finished done = test::runToEnd("cerebralctl", {"registry", "--registry", "127.0.0.1:1"});
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(done.err.contains("127.0.0.1"), done.err);
    }
};

CEREBRAL_TEST(RegistryCommandTest)
#include "registry_command_test.moc"
