#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/child_process.h"
#include "tests/support/test_main.h"
#include "tests/unit/ctl/captured_cluster.h"

using namespace cerebral;
using test::Finished;
using test::RecordingServer;

/// The real program against a server that says what a real cluster said.
class LogsCommandTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    static constexpr const char* kRun = "broken-services-main-sm9gg";

    /// The recorded list's item as an object of its own.
    static net::ServerResponse answer(const net::ServerRequest& request) {
        const std::string prefix = "/pipelineruns/";
        const std::size_t at = request.path.find(prefix);
        if (at == std::string::npos) return test::answerAsCaptured(request);
        const QString name = QString::fromStdString(request.path.substr(at + prefix.size()));
        const auto list =
            QJsonDocument::fromJson(QByteArray::fromStdString(test::readTestData("captures/list/pipelineruns.json")));
        for (const QJsonValue item : list["items"].toArray()) {
            if (item["metadata"]["name"] != name) continue;
            return test::jsonAnswer(200, QJsonDocument(item.toObject()).toJson().toStdString());
        }
        return test::answerAsCaptured(request);
    }
    Finished logs(const RecordingServer& server, const QStringList& more) {
        const QString kubeconfig = test::writeKubeconfig(folder_, server.url());
        return test::runToEnd("cerebralctl", QStringList{"logs", "--kubeconfig", kubeconfig} + more);
    }
    static int linesOf(const char* file) {
        return static_cast<int>(
            QByteArray::fromStdString(test::readTestData(std::string("captures/logs/") + file)).count('\n'));
    }

private slots:
    void theWholeRunInStepOrder() {
        const RecordingServer server(answer);
        const Finished done = logs(server, {kRun});
        QVERIFY2(done.exitCode == 0, done.err);
        const QList<QByteArray> lines = done.out.trimmed().split('\n');
        const int clone = linesOf("broken-services-main-sm9gg-git-clone-task-pod.step-clone.log");
        const int build = linesOf("broken-services-main-sm9gg-kaniko-build-task-pod.step-build.log");
        QCOMPARE(lines.size(), clone + build);
        QVERIFY2(lines.first().startsWith("[git-clone-task/clone] "), lines.first());
        QVERIFY2(lines.last().startsWith("[kaniko-build-task/build] "), lines.last());
        // Not a terminal: kaniko's colours are left out, and nothing else gets through.
        QVERIFY(!done.out.contains('\x1b'));
    }

    void oneStepAsJson() {
        const RecordingServer server(answer);
        const Finished done = logs(server, {kRun, "--task", "kaniko-build-task", "-o", "json"});
        QVERIFY2(done.exitCode == 0, done.err);
        bool failed = false;
        for (const QByteArray& line : done.out.trimmed().split('\n')) {
            const QJsonObject json = QJsonDocument::fromJson(line).object();
            QCOMPARE(json["container"].toString(), QString("step-build"));
            QCOMPARE(json["step"].toString(), QString("build"));
            QVERIFY(json["time"].toString().startsWith("2026-11-23T07:03:0"));
            failed = failed || json["text"].toString().contains("error building image");
        }
        QVERIFY(failed);
    }

    void timestampsWhenAskedFor() {
        const RecordingServer server(answer);
        const Finished done = logs(server, {kRun, "--step", "clone", "--timestamps"});
        QVERIFY2(done.out.startsWith("[git-clone-task/clone] 2026-11-23T07:03:0"), done.out);
    }

    void aPodThatIsGoneIsSaid() {
        const RecordingServer server([](const net::ServerRequest& request) {
            if (request.path.find("git-clone-task-pod/log") == std::string::npos) return answer(request);
            return test::jsonAnswer(404, R"({"kind":"Status","code":404,"reason":"NotFound","message":"gone"})");
        });
        const Finished done = logs(server, {kRun});
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(done.err.contains("the pod is gone"), done.err);
        QVERIFY(done.out.contains("[kaniko-build-task/build] "));
    }

    void aRunThatIsNotThere() {
        const RecordingServer server(answer);
        const Finished done = logs(server, {"nothing"});
        QCOMPARE(done.exitCode, 1);
        QVERIFY(done.out.isEmpty());
        QVERIFY2(done.err.contains("not found here"), done.err);
    }
};

CEREBRAL_TEST(LogsCommandTest)
#include "logs_command_test.moc"
