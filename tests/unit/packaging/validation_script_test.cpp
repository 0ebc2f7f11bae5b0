#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/child_process.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using test::Finished;

/// validate-webhook-receiver.sh in a real shell; kubectl answers from a table of what the script may ask.
class ValidationScriptTest : public QObject {
    Q_OBJECT

    using Cluster = QMap<QString, QString>;
    QTemporaryDir folder_;

    static Cluster healthy() {
        return {{"version", "{\"serverVersion\":{}}"},
                {"cerebral-development/ingress/routes", "github-webhook-receiver:3000 "},
                {"cerebral-development/ingress/size", "26m"},
                {"cerebral-development/service", "github-webhook-receiver.tekton-pipelines.svc.cluster.local:3000"},
                {"tekton-pipelines/service", "3000 "},
                {"tekton-pipelines/deployment", "2:2"},
                {"tekton-pipelines/secret", "filled"},
                {"tekton-pipelines/pipelines.tekton.dev", "x"},
                {"tekton-pipelines/tasks.tekton.dev", "x"}};
    }
    Finished validate(const Cluster& cluster, const QStringList& arguments = {}) {
        for (const QString& old : QDir(folder_.path()).entryList(QDir::Files)) QFile::remove(folder_.filePath(old));
        QFile kubectl(folder_.filePath("kubectl"));
        if (!kubectl.open(QIODevice::WriteOnly)) qFatal("no kubectl");
        kubectl.write(
            "#!/bin/bash\n"
            "echo \"$*\" >> \"${0%/*}/calls\"\n"
            "while [[ $1 == --* ]]; do shift; shift; done\n"
            "answer() { cat \"${0%/*}/${1//\\//_}\" 2>/dev/null || exit 1; exit 0; }\n"
            "[[ $1 == version ]] && answer version\n"
            "key=$5/$2\n"
            "[[ $2 == ingress ]] && { [[ $* == *proxy-body-size* ]] && key+=/size || key+=/routes; }\n"
            "answer \"$key\"\n");
        kubectl.close();
        kubectl.setPermissions(kubectl.permissions() | QFile::ExeOwner);
        for (auto it = cluster.begin(); it != cluster.end(); ++it) {
            QFile file(folder_.filePath(QString(it.key()).replace('/', '_')));
            if (!file.open(QIODevice::WriteOnly)) qFatal("no answer");
            file.write(it.value().toUtf8());
        }
        return test::runToEnd("/bin/bash",
                              QStringList{CEREBRAL_PACKAGING "/scripts/validate-webhook-receiver.sh"} + arguments,
                              {{"PATH", folder_.path() + ":/usr/bin:/bin"}});
    }

private slots:
    void everythingRight() {
        const Finished done = validate(healthy());
        QVERIFY2(done.exitCode == 0, done.out);
        QVERIFY(done.out.contains("Everything is right."));
        QVERIFY(!done.out.contains("ERROR"));
    }

    void everyFaultIsFound_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* key, const char* value, const char* message) {
            QTest::newRow(name) << key << value << message;
        };
        row("port 80", "cerebral-development/ingress/routes", "github-webhook-receiver:80 ",
            "routes to github-webhook-receiver:80, not to github-webhook-receiver:3000");
        row("no ingress", "cerebral-development/ingress/routes", "", "does not exist");
        row("body size", "cerebral-development/ingress/size", "", "lets bodies of 1m (the default) pass");
        row("body size too small", "cerebral-development/ingress/size", "8m", "lets bodies of 8m pass");
        row("no way across", "cerebral-development/service", "", "an Ingress cannot cross namespaces");
        row("service port", "tekton-pipelines/service", "80 ", "has port 80 , not 3000");
        row("not ready", "tekton-pipelines/deployment", "2:1", "has 1 of 2 pods ready");
        row("none ready", "tekton-pipelines/deployment", "2:", "has 0 of 2 pods ready");
        row("one replica", "tekton-pipelines/deployment", "1:1", "wants 1 replicas, not 2");
        row("no deployment", "tekton-pipelines/deployment", "", "does not exist");
        row("no secret", "tekton-pipelines/secret", "", "has no secretToken");
        row("no pipeline", "tekton-pipelines/pipelines.tekton.dev", "", "missing in tekton-pipelines: Pipeline");
        row("no tasks", "tekton-pipelines/tasks.tekton.dev", "",
            "missing in tekton-pipelines: Task git-clone-task, Task kaniko-build-task, Task deploy-task");
        row("no cluster", "version", "", "the cluster does not answer");
    }
    void everyFaultIsFound() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, message);
        Cluster cluster = healthy();
        cluster[key] = value;
        const Finished done = validate(cluster);
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(done.out.contains(message.toUtf8()), done.out);
        QVERIFY(done.out.contains("mend: "));
    }

    void optionsReachKubectl() {
        QCOMPARE(validate(healthy(), {"--context", "dev"}).exitCode, 0);
        QFile calls(folder_.filePath("calls"));
        QVERIFY(calls.open(QIODevice::ReadOnly));
        for (const QByteArray& call : calls.readAll().trimmed().split('\n'))
            QVERIFY2(call.startsWith("--context dev "), call);
    }

    void helpExplains() {
        const Finished done = validate({}, {"--help"});
        QCOMPARE(done.exitCode, 0);
        QVERIFY(done.out.contains("Exit code: 0 everything is right"));
    }
};

CEREBRAL_TEST(ValidationScriptTest)
#include "validation_script_test.moc"
