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
class TraceCommandTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    Finished trace(const RecordingServer& server, const QStringList& more) {
        const QString kubeconfig = test::writeKubeconfig(folder_, server.url());
        return test::runToEnd("cerebralctl", QStringList{"trace", "--kubeconfig", kubeconfig} + more);
    }

private slots:
    void everyServiceIsAnswered() {
        const RecordingServer server(test::answerAsCaptured);
        const Finished done = trace(server, {"8fe4c58", "-o", "json"});
        QCOMPARE(done.exitCode, 1);  // one service's build failed
        QVERIFY2(done.err.isEmpty(), done.err);
        const QJsonObject json = QJsonDocument::fromJson(done.out).object();
        QCOMPARE(json["live"].toBool(), false);
        QStringList verdicts;
        for (const QJsonValue answer : json["answers"].toArray()) {
            verdicts << answer["service"].toString() + " " + answer["verdict"].toString();
            QCOMPARE(answer["commit"].toString(), QString("8fe4c580c23009cba72fe91d005ae42b8e73bdf6"));
            QCOMPARE(answer["stages"].toArray().size(), 6);
        }
        QCOMPARE(verdicts, QStringList({"ai-services live", "bmad-services live", "broken-services stopped",
                                        "data-services live"}));
        const QJsonValue broken = json["answers"][2];
        QCOMPARE(broken["stage"].toString(), QString("Build"));
        QCOMPARE(broken["run"].toString(), QString("broken-services-main-sm9gg"));
        QCOMPARE(json["answers"][0]["stages"][4]["object"]["name"].toString(),
                 QString("ai-services-main-z5smz-deploy-task"));
    }

    void aSentenceAndAStripForPeople() {
        const RecordingServer server(test::answerAsCaptured);
        const Finished done = trace(server, {"https://github.com/o/r/commit/8FE4C580c2"});
        QVERIFY2(done.out.contains("8fe4c580 ai-services is live in 2/2 pods since 2026-11-23T07:03:44Z"), done.out);
        QVERIFY2(done.out.contains("8fe4c580 broken-services is not live: stopped in Build"), done.out);
        QVERIFY2(done.out.contains("SERVICE"), done.out);
        QVERIFY2(done.out.contains("failed 3s Failed"), done.out);
        QVERIFY2(done.out.contains("done 2/2"), done.out);
    }

    void tasksAreAskedForByRun() {
        const RecordingServer server(test::answerAsCaptured);
        (void)trace(server, {"8fe4c58"});
        bool asked = false;
        for (const auto& request : server.requests()) {
            if (!request.path.ends_with("/taskruns")) continue;
            asked = true;
            QVERIFY(request.query.find("labelSelector=tekton.dev%2FpipelineRun%20in%20%28") != std::string::npos);
        }
        QVERIFY(asked);
    }

    void aCommitNobodyKnows() {
        const RecordingServer server(test::answerAsCaptured);
        const Finished done = trace(server, {"deadbeef"});
        QCOMPARE(done.exitCode, 1);
        QCOMPARE(done.out, QByteArray("deadbeef is not known here: no push carried it\n"));
    }

    void whatMayNotBeReadIsSaid() {
        const RecordingServer server([](const net::ServerRequest& request) {
            if (request.path.find("/apps/v1/") == std::string::npos) return test::answerAsCaptured(request);
            return test::jsonAnswer(
                403, R"({"kind":"Status","code":403,"reason":"Forbidden","message":"apps are forbidden"})");
        });
        const Finished done = trace(server, {"8fe4c58", "-o", "json"});
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(
            done.err.contains("not read: list deployments.apps in namespace cerebral-platform: apps are forbidden"),
            done.err);
        const QJsonObject json = QJsonDocument::fromJson(done.out).object();
        QCOMPARE(json["gaps"].toArray().size(), 2);  // Deployments and ReplicaSets
        QCOMPARE(json["answers"][0]["verdict"].toString(), QString("unclear"));
    }

    void whatIsNoCommitIsWrongUsage() {
        const RecordingServer server(test::answerAsCaptured);
        const Finished done = trace(server, {"main"});
        QCOMPARE(done.exitCode, 2);
        QVERIFY(server.requests().empty());
    }
};

CEREBRAL_TEST(TraceCommandTest)
#include "trace_command_test.moc"
