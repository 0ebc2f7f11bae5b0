#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <array>

#include "core/webhook/signature.h"
#include "tests/support/child_process.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"
#include "tests/unit/ctl/recording_server.h"

using namespace cerebral;
using test::Finished;
using test::RecordingServer;

/// The real program against a real server.
class SendCommandTest : public QObject {
    Q_OBJECT

    static constexpr const char* kSecret = "It's a Secret to Everybody";
    static constexpr const char* kCreated = R"({"status":"created","pipelineRuns":[{"name":"a"}]})";

    QTemporaryDir folder_;

    QString file(const QString& name, const QByteArray& content) {
        QFile out(folder_.filePath(name));
        if (!out.open(QIODevice::WriteOnly)) qFatal("%s cannot be written", qPrintable(out.fileName()));
        out.write(content);
        return out.fileName();
    }
    Finished send(const RecordingServer& server, const QString& payload, const QStringList& more = {}) {
        const QString secret = file("secret", QByteArray(kSecret) + "\n");
        return test::runToEnd("cerebralctl",
                              QStringList{"send", payload, "--url", QString::fromStdString(server.url()) + "/",
                                          "--secret-file", secret} +
                                  more);
    }
    static std::string header(const net::ServerRequest& request, const char* name) {
        return std::string(request.headers.find(name).value_or(""));
    }

private slots:
    void signsTheBytesAndPrintsTheAnswer() {
        const RecordingServer server([](const auto&) { return test::jsonAnswer(200, kCreated); });
        const Finished done = send(server, CEREBRAL_TEST_DATA "/webhooks-examples/push.4.json", {"--output", "json"});
        QVERIFY2(done.exitCode == 0, done.err);
        QCOMPARE(QJsonDocument::fromJson(done.out), QJsonDocument::fromJson(kCreated));
        const auto requests = server.requests();
        QCOMPARE(requests.size(), std::size_t{1});
        QCOMPARE(requests[0].body, test::readTestData("webhooks-examples/push.4.json"));
        const std::array secrets{Secret(kSecret)};
        QCOMPARE(webhook::verifySignature(header(requests[0], "X-Hub-Signature-256"), requests[0].body, secrets),
                 webhook::SignatureVerdict::Valid);
        QCOMPARE(header(requests[0], "Content-Type"), std::string("application/json"));
        QCOMPARE(header(requests[0], "X-GitHub-Event"), std::string("push"));
        const QRegularExpression guid("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        QVERIFY(guid.match(QString::fromStdString(header(requests[0], "X-GitHub-Delivery"))).hasMatch());
        QVERIFY(!(done.out + done.err).contains(kSecret));
    }

    void saysTheAnswerInWords() {
        const RecordingServer server([](const auto&) {
            return test::jsonAnswer(200,
                                    "{\"status\":\"created\",\"reason\":\"1 service\\u001b[31m is "
                                    "touched\",\"pipelineRuns\":[{\"name\":\"ai-services-6113728f-0123456789\","
                                    "\"service\":\"ai-services\",\"outcome\":\"created\"}]}");
        });
        const Finished done = send(server, CEREBRAL_TEST_DATA "/webhooks-examples/push.4.json");
        QCOMPARE(done.exitCode, 0);
        const QByteArrayList lines = done.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0], QByteArray("created: 1 service is touched"));
        QVERIFY(lines[1].startsWith("SERVICE"));
        QVERIFY(lines[2].contains("ai-services-6113728f-0123456789"));
    }

    void knowsAPingWhenItSeesOne() {
        const RecordingServer server([](const auto&) { return test::jsonAnswer(200, R"({"status":"pong"})"); });
        QCOMPARE(send(server, CEREBRAL_TEST_DATA "/webhooks-examples/ping.0.json").exitCode, 0);
        QCOMPARE(header(server.requests().at(0), "X-GitHub-Event"), std::string("ping"));
    }

    void eventAndDeliveryCanBeGiven() {
        const RecordingServer server([](const auto&) { return test::jsonAnswer(202, "{}"); });
        const QStringList more{"--event", "release", "--delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"};
        QCOMPARE(send(server, CEREBRAL_TEST_DATA "/webhooks-examples/push.0.json", more).exitCode, 0);
        QCOMPARE(header(server.requests().at(0), "X-GitHub-Event"), std::string("release"));
        QCOMPARE(header(server.requests().at(0), "X-GitHub-Delivery"),
                 std::string("72d3162e-cc78-11e3-81ab-4c9367dc0958"));
    }

    void refusalsAreShownAndFail() {
        const RecordingServer server([](const auto&) { return test::jsonAnswer(400, R"({"status":"refused"})"); });
        const Finished done = send(server, CEREBRAL_TEST_DATA "/webhooks-examples/push.4.json");
        QCOMPARE(done.exitCode, 1);
        QVERIFY(done.out.contains("refused"));
        QVERIFY(done.err.contains("HTTP 400"));
    }

    void whatIsNoJsonCannotDriveTheTerminal() {
        const RecordingServer server([](const auto&) {
            return net::ServerResponse{502,
                                       {{"Content-Type", "text/html"}},
                                       "<h1>\x1b]0;owned\x07\xc2\x9b"
                                       "31m</h1>",
                                       false};
        });
        const Finished done = send(server, CEREBRAL_TEST_DATA "/webhooks-examples/push.4.json");
        QCOMPARE(done.exitCode, 1);
        QVERIFY(done.out.contains("<h1>"));
        for (const char c : done.out + done.err) QVERIFY(c == '\n' || (c >= ' ' && c < 127));
    }

    void nobodyThere() {
        QString url;
        {
            const RecordingServer gone([](const auto&) { return test::jsonAnswer(200, "{}"); });
            url = QString::fromStdString(gone.url());
        }
        const Finished done =
            test::runToEnd("cerebralctl", {"send", CEREBRAL_TEST_DATA "/webhooks-examples/push.4.json", "--url", url,
                                           "--secret-file", file("secret", "x")});
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(done.err.startsWith("cerebralctl: "), done.err);
        QVERIFY(done.out.isEmpty());
    }

    void wrongUse() {
        QCOMPARE(test::runToEnd("cerebralctl", {}).exitCode, 2);
        QCOMPARE(test::runToEnd("cerebralctl", {"send"}).exitCode, 2);
        QCOMPARE(test::runToEnd("cerebralctl", {"send", "-", "--url", "http://127.0.0.1:1", "--secret-file", "-"})
                     .exitCode,
                 2);
        const Finished empty =
            test::runToEnd("cerebralctl", {"send", CEREBRAL_TEST_DATA "/webhooks-examples/push.4.json", "--url",
                                           "http://127.0.0.1:1", "--secret-file", file("e", "\n")});
        QCOMPARE(empty.exitCode, 1);
        QVERIFY(empty.err.contains("holds no secret"));
        const Finished absent = test::runToEnd(
            "cerebralctl",
            {"send", "/nonexistent.json", "--url", "http://127.0.0.1:1", "--secret-file", file("s", "x")});
        QCOMPARE(absent.exitCode, 1);
        QVERIFY(absent.err.contains("/nonexistent.json"));
    }
};

CEREBRAL_TEST(SendCommandTest)
#include "send_command_test.moc"
