#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/child_process.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"
#include "tests/unit/ctl/recording_server.h"

using namespace cerebral;
using test::Finished;
using test::RecordingServer;

/// The real program against a server that says what a real cluster said.
class RunsCommandTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    static net::ServerResponse pages(const net::ServerRequest& request) {
        if (request.query.find("continue=") == std::string::npos) {
            return test::jsonAnswer(200, test::readTestData("captures/list/pipelineruns.page1.json"));
        }
        return test::jsonAnswer(200, test::readTestData("captures/states/pipelineruns.list.json"));
    }
    Finished runs(const RecordingServer& server, const QStringList& more = {}) {
        QFile kubeconfig(folder_.filePath("kubeconfig"));
        if (!kubeconfig.open(QIODevice::WriteOnly)) qFatal("no kubeconfig");
        kubeconfig.write(
            "apiVersion: v1\nkind: Config\ncurrent-context: test\n"
            "clusters: [{name: c, cluster: {server: \"" +
            QByteArray::fromStdString(server.url()) +
            "\"}}]\n"
            "users: [{name: u, user: {token: a-token}}]\n"
            "contexts: [{name: test, context: {cluster: c, user: u}}]\n");
        kubeconfig.close();
        return test::runToEnd("cerebralctl", QStringList{"runs", "--kubeconfig", kubeconfig.fileName()} + more);
    }

private slots:
    void pagesBecomeOneList() {
        const RecordingServer server(pages);
        const Finished done = runs(server, {"--output", "json", "--limit", "0"});
        QVERIFY2(done.exitCode == 0, done.err);
        const QJsonArray all = QJsonDocument::fromJson(done.out).array();
        const auto requests = server.requests();
        QCOMPARE(requests.size(), std::size_t{2});
        QCOMPARE(requests[0].path, std::string("/apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns"));
        QVERIFY(requests[0].query.find("limit=500") != std::string::npos);
        QStringList states;
        QString before = "9999";
        for (const QJsonValue& run : all) {
            states << run["state"].toString();
            QVERIFY(run["created"].toString() <= before);
            before = run["created"].toString();
        }
        states.sort();
        states.removeDuplicates();
        for (const char* state : {"failed", "succeeded", "completed", "cancelled", "timed-out"}) {
            QVERIFY2(states.contains(state), qPrintable(states.join(' ')));
        }
        const auto page1 = QJsonDocument::fromJson(QByteArray::fromStdString(
            test::readTestData("captures/list/pipelineruns.page1.json")))["items"]
                               .toArray();
        const auto rest = QJsonDocument::fromJson(QByteArray::fromStdString(
            test::readTestData("captures/states/pipelineruns.list.json")))["items"]
                              .toArray();
        QSet<QString> names;
        for (const QJsonValue item : page1) names << item["metadata"]["name"].toString();
        for (const QJsonValue item : rest) names << item["metadata"]["name"].toString();
        QCOMPARE(all.size(), names.size());
    }

    void aTableForPeople() {
        const RecordingServer server(pages);
        const Finished done = runs(server, {"--limit", "3"});
        QVERIFY2(done.exitCode == 0, done.err);
        const QList<QByteArray> lines = done.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines[0].startsWith("STATE"));
        QVERIFY(done.err.contains("older ones not shown"));
    }

    void filters() {
        const RecordingServer server(pages);
        const Finished done =
            runs(server, {"--state", "timed-out", "-o", "json", "--service", "ai-services", "-n", "other"});
        const QJsonArray all = QJsonDocument::fromJson(done.out).array();
        QVERIFY(!all.isEmpty());
        for (const QJsonValue& run : all) QCOMPARE(run["state"].toString(), QString("timed-out"));
        QCOMPARE(server.requests().at(0).path, std::string("/apis/tekton.dev/v1/namespaces/other/pipelineruns"));
        QVERIFY(server.requests().at(0).query.find(
                    "labelSelector=cerebral.baerautotech.com%2Fservice%3Dai-services") != std::string::npos);
    }

    void anExpiredContinueTokenStartsOver() {
        int asked = 0;
        const RecordingServer server([&asked](const net::ServerRequest& request) {
            if (++asked == 2) {
                return test::jsonAnswer(410,
                                        R"({"kind":"Status","code":410,"reason":"Expired","message":"too old"})");
            }
            return pages(request);
        });
        const Finished done = runs(server, {"-o", "json"});
        QVERIFY2(done.exitCode == 0, done.err);
        QCOMPARE(server.requests().size(), std::size_t{4});
    }

    void refusalsAreErrors() {
        const RecordingServer server([](const auto&) {
            return test::jsonAnswer(403,
                                    "{\"kind\":\"Status\",\"code\":403,\"reason\":\"Forbidden\","
                                    "\"message\":\"pipelineruns.tekton.dev is forbidden: \\u001b[31mno\"}");
        });
        const Finished done = runs(server);
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(done.err.contains("is forbidden: no"), done.err);
        QVERIFY(done.out.isEmpty());
    }

    void noClusterNoList() {
        const Finished done = test::runToEnd("cerebralctl", {"runs", "--kubeconfig", "/nonexistent/kubeconfig"});
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(done.err.contains("/nonexistent/kubeconfig"), done.err);
    }
};

CEREBRAL_TEST(RunsCommandTest)
#include "runs_command_test.moc"
