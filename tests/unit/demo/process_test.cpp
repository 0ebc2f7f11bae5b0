// The demo cluster's own executable, and skopeo against its registry.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>

#include "core/base/digest.h"
#include "tests/support/child_process.h"
#include "tests/support/raw_client.h"
#include "tests/support/test_main.h"
#include "tests/support/tools.h"

using namespace cerebral;
using test::ChildProcess;

class ProcessTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    struct Started {
        std::unique_ptr<ChildProcess> process;
        QJsonObject said;
        [[nodiscard]] std::uint16_t port(const char* name) const {
            return static_cast<std::uint16_t>(said[QLatin1String(name)].toInt());
        }
    };
    Started start(const QStringList& arguments) const {
        Started started;
        started.process = std::make_unique<ChildProcess>("cerebral-demo-cluster", arguments,
                                                         ChildProcess::Environment{{"TMPDIR", folder_.path()}});
        if (const auto line = started.process->waitForJson([](const QJsonObject& o) { return o.contains("url"); }))
            started.said = *line;
        return started;
    }
    static QByteArray read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    test::Finished skopeo(const QStringList& arguments) const {
        return test::runToEnd(QStandardPaths::findExecutable("skopeo"), arguments, {{"HOME", folder_.path()}});
    }

private slots:
    void init() {
        for (const QFileInfo& entry : QDir(folder_.path()).entryInfoList(QDir::NoDotAndDotDot | QDir::AllEntries))
            entry.isDir() ? QDir(entry.filePath()).removeRecursively() : QFile::remove(entry.filePath());
    }
    void aSignalLeavesNothingBehind_data() {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("the terminal was closed") << SIGHUP;
    }
    void aSignalLeavesNothingBehind() {
        QFETCH(int, number);
        const QString kubeconfig = folder_.filePath("kubeconfig");
        const Started started = start({"--write-kubeconfig", kubeconfig, "--runs", "50"});
        QVERIFY2(!started.said.isEmpty(), started.process->standardError().constData());
        QCOMPARE(QFile::permissions(kubeconfig) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        // One watcher and one half-sent request must not hold it up.
        test::RawClient half(started.port("registryPort"));
        QVERIFY(half.send("GET /v2/ HTT"));
        started.process->signal(number);
        QCOMPARE(started.process->waitForExit().value_or(-1), 0);
        QVERIFY(!test::RawClient(started.port("port")).connected());
        QVERIFY(!test::RawClient(started.port("registryPort")).connected());
        QCOMPARE(QDir(folder_.path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries), QStringList());
    }
    void flagsAreRefusedWithASentence() {
        for (const QStringList& wrong : {QStringList{"--fault", "no-such-fault"}, QStringList{"--speed", "0"},
                                         QStringList{"--write-kubeconfig", "/no/such/folder/file"}}) {
            const test::Finished done = test::runToEnd(test::programPath("cerebral-demo-cluster"), wrong);
            QVERIFY(done.exitCode > 0);
            QVERIFY(!done.err.isEmpty());
        }
        const QByteArray help = test::runToEnd(test::programPath("cerebral-demo-cluster"), {"--help"}).out;
        for (const char* flag : {"--runs", "--pods", "--fault", "--push-every", "--speed", "--seed", "--churn"})
            QVERIFY2(help.contains(flag), flag);
    }
    void keptKeysMakeItTheSameCluster() {
        const QString kubeconfig = folder_.filePath("kubeconfig");
        const QString keys = folder_.filePath("keys");
        const QStringList arguments{"--write-kubeconfig", kubeconfig, "--keys", keys, "--port"};
        const auto certificateAndToken = [&] {
            const QJsonDocument config = QJsonDocument::fromJson(read(kubeconfig));
            return config["clusters"][0]["cluster"]["certificate-authority-data"].toString() +
                   config["users"][0]["user"]["token"].toString();
        };
        Started first = start(arguments + QStringList{"0"});
        const QString port = QString::number(first.port("port"));
        const QString before = certificateAndToken();
        QVERIFY(before.size() > 100);
        QCOMPARE(QFile::permissions(keys) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        first.process->kill();
        QVERIFY(first.process->waitForExit().has_value());
        {
            const Started again = start(arguments + QStringList{port});
            QCOMPARE(again.port("port"), first.port("port"));
            QCOMPARE(certificateAndToken(), before);
        }
        // A file that holds something else is said, not replaced.
        QFile file(keys);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{}");
        file.close();
        const test::Finished refused = test::runToEnd(test::programPath("cerebral-demo-cluster"), {"--keys", keys});
        QVERIFY(refused.exitCode > 0);
        QVERIFY2(refused.err.contains("holds no keys"), refused.err.constData());
        QCOMPARE(read(keys), QByteArray("{}"));
    }
    void aPortInUseIsAnError() {
        const Started first = start({});
        const test::Finished second = test::runToEnd(test::programPath("cerebral-demo-cluster"),
                                                     {"--port", QString::number(first.port("port"))});
        QVERIFY(second.exitCode > 0);
        QVERIFY2(second.err.contains("cannot listen"), second.err.constData());
    }
    void skopeoReadsTheRegistry() {
        if (QStandardPaths::findExecutable("skopeo").isEmpty()) {
            if (test::toolsAreRequired()) QFAIL("skopeo must be on PATH in CI");
            QSKIP("skopeo is not on PATH: the registry was not read with it");
        }
        const Started started = start({});
        const QString registry = "docker://" + started.said["registry"].toString();
        test::Finished done = skopeo({"list-tags", "--tls-verify=false", registry + "/cerebral/ai-base"});
        QVERIFY2(done.exitCode == 0, done.err.constData());
        const QJsonArray tags = QJsonDocument::fromJson(done.out)["Tags"].toArray();
        QVERIFY(tags.contains("cuda") && tags.contains("cpu"));

        const QString service = registry + "/cerebral/ai-services:main";
        done = skopeo({"inspect", "--tls-verify=false", service});
        QVERIFY2(done.exitCode == 0, done.err.constData());
        const QJsonObject inspected = QJsonDocument::fromJson(done.out).object();
        QCOMPARE(inspected["Architecture"].toString(), QString("amd64"));
        QCOMPARE(inspected["Layers"].toArray().size(), 4);

        // The index of a base image has both platforms.
        done = skopeo({"inspect", "--raw", "--tls-verify=false", registry + "/cerebral/ai-base:cuda"});
        QCOMPARE(QJsonDocument::fromJson(done.out)["manifests"].toArray().size(), 3);

        // copy verifies every digest on its way; the layers are checked here once more.
        const QString copy = folder_.filePath("copy");
        done = skopeo({"copy", "--src-tls-verify=false", "--insecure-policy", service, "dir:" + copy});
        QVERIFY2(done.exitCode == 0, done.err.constData());
        const QByteArray manifest = read(copy + "/manifest.json");
        QCOMPARE("sha256:" + QString::fromStdString(sha256Hex(manifest.toStdString())),
                 inspected["Digest"].toString());
        for (const QJsonValue layer : QJsonDocument::fromJson(manifest)["layers"].toArray()) {
            const QString digest = layer["digest"].toString();
            const QByteArray blob = read(copy + "/" + digest.mid(7));
            QCOMPARE(blob.size(), layer["size"].toInt());
            QCOMPARE("sha256:" + QString::fromStdString(sha256Hex(blob.toStdString())), digest);
        }
        done = skopeo({"copy", "--all", "--src-tls-verify=false", "--insecure-policy",
                       registry + "/cerebral/ai-base:cpu", "dir:" + folder_.filePath("base")});
        QVERIFY2(done.exitCode == 0, done.err.constData());
    }
};

CEREBRAL_TEST(ProcessTest)
#include "process_test.moc"
