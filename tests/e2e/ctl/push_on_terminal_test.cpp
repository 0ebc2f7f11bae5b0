// One push from a terminal's view: send, logs --follow, trace, registry, each a real process, with the real receiver
// and the demo cluster's own process between them. What they say is compared with what the API server and the
// registry themselves hold.

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "core/net/curl_transport.h"
#include "tests/e2e/platform.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::test;

namespace {

constexpr const char* kCommit = "9b1c7d52e3a84f0d8c6a75b1e2f3a4958d7c6b5a";  // of push/one-service.json
const QString kRuns = QStringLiteral("/apis/tekton.dev/v1/namespaces/tekton-pipelines/");

/// Without its stamp, as a terminal shows it: colours alone are understood.
QByteArray textOf(const QByteArray& stamped) {
    QByteArray text = stamped.mid(stamped.indexOf(' ') + 1);
    for (qsizetype at = text.indexOf("\x1b["); at >= 0; at = text.indexOf("\x1b[")) {
        text.remove(at, text.indexOf('m', at) - at + 1);
    }
    return text;
}

}  // namespace

class PushOnTerminalTest : public QObject {
    Q_OBJECT

    std::unique_ptr<PlatformUnderTest> platform_;
    QString run_;
    QByteArray followed_;

    Finished ctl(const QStringList& arguments) const {
        return runToEnd("cerebralctl", arguments, {{"HOME", platform_->folder()}});
    }
    Finished trace(const QStringList& more) const {
        return ctl(QStringList{"trace", "--kubeconfig", platform_->kubeconfig()} + more);
    }
    Finished registry(const QStringList& more) const {
        return ctl(QStringList{"registry", "--registry", platform_->registryHost(), "--plain-http"} + more);
    }

    /// By the API server's account: every line of the run's steps, in step order.
    [[nodiscard]] QByteArrayList recordedLines() const {
        QByteArrayList lines;
        const QJsonArray children =
            QJsonDocument::fromJson(platform_->apiGet(kRuns + "pipelineruns/" + run_))["status"]["childReferences"]
                .toArray();
        for (const QJsonValue child : children) {
            const QJsonDocument taskRun =
                QJsonDocument::fromJson(platform_->apiGet(kRuns + "taskruns/" + child["name"].toString()));
            for (const QJsonValue step : taskRun["status"]["steps"].toArray()) {
                const QByteArray log = platform_->apiGet(
                    QStringLiteral("/api/v1/namespaces/tekton-pipelines/pods/%1/log?timestamps=true&container=%2")
                        .arg(taskRun["status"]["podName"].toString(), step["container"].toString()));
                for (const QByteArray& line : log.split('\n')) {
                    if (!line.isEmpty()) lines << textOf(line);
                }
            }
        }
        return lines;
    }
    [[nodiscard]] net::HttpResponse manifest(const QString& tag) const {
        net::CurlTransport transport;
        net::HttpRequest request;
        request.url =
            ("http://" + platform_->registryHost() + "/v2/cerebral/ai-services/manifests/" + tag).toStdString();
        request.headers.add("Accept",
                            "application/vnd.oci.image.manifest.v1+json, "
                            "application/vnd.docker.distribution.manifest.v2+json");
        const auto answer = transport.send(request, {});
        return answer && answer->status == 200 ? *answer : net::HttpResponse{};
    }

private slots:
    void initTestCase() {
        PlatformOptions options;
        options.clusterArguments = QStringList{"--speed", "20"};
        options.config = "maxPushAge: 0\n";
        platform_ = std::make_unique<PlatformUnderTest>(options);
        QVERIFY2(platform_->problem().isEmpty(), qPrintable(platform_->problem()));
        const Finished before = trace({kCommit});
        QCOMPARE(before.exitCode, 1);
        QVERIFY2(before.out.contains("is not known here"), before.out);
    }

    /// From before its first pod exists until the run is over: every line once, in order.
    void logsAreFollowedToTheEnd() {
        const auto sent = platform_->send(QStringLiteral(CEREBRAL_TEST_DATA "/push/one-service.json"));
        QVERIFY2(sent.json["status"] == "created", sent.error.constData());
        run_ = sent.json["pipelineRuns"][0]["name"].toString();
        ChildProcess follower(
            "cerebralctl", {"logs", run_, "--follow", "--kubeconfig", platform_->kubeconfig(), "--output", "json"});
        QVERIFY(follower.waitForJson([](const QJsonObject& line) { return line["task"] == "git-clone-task"; }));
        const Finished underway = trace({kCommit, "-o", "json"});
        QCOMPARE(underway.exitCode, 1);
        const QJsonDocument said = QJsonDocument::fromJson(underway.out);
        QVERIFY2(said["answers"][0]["verdict"] == "underway", underway.out);

        QCOMPARE(follower.waitForExit(90'000), std::optional(0));
        followed_ = follower.standardOutput();
        QVERIFY2(follower.standardError().isEmpty(), follower.standardError());
        QByteArrayList texts;
        for (const QByteArray& line : followed_.split('\n')) {
            if (!line.isEmpty()) texts << QJsonDocument::fromJson(line)["text"].toString().toUtf8();
        }
        const QByteArrayList recorded = recordedLines();
        QVERIFY(recorded.size() > 20);
        QCOMPARE(texts, recorded);
    }

    void theSameLogsForPeople() {
        const Finished done = ctl({"logs", run_, "--kubeconfig", platform_->kubeconfig(), "--task", "deploy-task"});
        QVERIFY2(done.exitCode == 0, done.err);
        QByteArrayList expected;
        for (const QByteArray& line : followed_.split('\n')) {
            const QJsonObject json = QJsonDocument::fromJson(line).object();
            if (json["task"] != "deploy-task") continue;
            expected << "[deploy-task/" + json["step"].toString().toUtf8() + "] " + json["text"].toString().toUtf8();
        }
        QVERIFY(!expected.isEmpty());
        QCOMPARE(done.out.trimmed(), expected.join('\n').trimmed());
    }

    void theCommitIsLiveAndTheClusterSaysSoToo() {
        QTRY_COMPARE_WITH_TIMEOUT(trace({QString(kCommit).left(9)}).exitCode, 0, 60'000);
        const Finished done =
            trace({QStringLiteral("https://github.com/BAERAutoTech/cerebral/commit/") + kCommit, "--output", "json"});
        QCOMPARE(done.exitCode, 0);
        const QJsonDocument said = QJsonDocument::fromJson(done.out);
        QCOMPARE(said["live"].toBool(), true);
        const QJsonValue answer = said["answers"][0];
        QCOMPARE(answer["verdict"].toString(), QString("live"));
        QCOMPARE(answer["service"].toString(), QString("ai-services"));
        QCOMPARE(answer["run"].toString(), run_);
        for (const QJsonValue stage : answer["stages"].toArray())
            QCOMPARE(stage["state"].toString(), QString("done"));

        const QJsonDocument deployment = QJsonDocument::fromJson(
            platform_->apiGet("/apis/apps/v1/namespaces/cerebral-platform/deployments/ai-services"));
        QCOMPARE(answer["wanted"].toInt(), deployment["spec"]["replicas"].toInt());
        QCOMPARE(answer["ready"].toInt(), deployment["status"]["readyReplicas"].toInt());
        const QString image = deployment["spec"]["template"]["spec"]["containers"][0]["image"].toString();
        QVERIFY2(image.endsWith("@" + answer["digest"].toString()), qPrintable(image));
        const QJsonArray created = platform_->createRecord();
        QCOMPARE(created.size(), 1);
        QVERIFY2(QJsonDocument(created).toJson().contains(run_.toUtf8()), QJsonDocument(created).toJson());

        const Finished table = trace({kCommit});
        QCOMPARE(table.exitCode, 0);
        QVERIFY2(table.out.startsWith("9b1c7d52 ai-services is live in 2/2 pods since "), table.out);
        QVERIFY2(table.out.contains("SERVICE") && table.out.contains(run_.toUtf8()), table.out);
    }

    void theImageIsInTheRegistryWithItsCommitAndBase() {
        const Finished done = registry({"--output", "json"});
        QVERIFY2(done.exitCode == 0, done.err);
        QJsonObject found;
        bool armIsMissing = false;
        for (const QJsonValue image : QJsonDocument::fromJson(done.out).array()) {
            if (image["repository"] == "cerebral/ai-services" && image["tag"] == "main") found = image.toObject();
            if (image["repository"] == "cerebral/ai-base" && image["tag"] == "cpu") {
                armIsMissing = image["missingArchitectures"].toArray() == QJsonArray({"arm64"});
            }
        }
        const net::HttpResponse held = manifest("main");
        QCOMPARE(found["digest"].toString().toStdString(),
                 std::string(held.headers.find("Docker-Content-Digest").value_or("")));
        QCOMPARE(found["revision"].toString(), QString(kCommit));
        QCOMPARE(found["base"].toString(), QString("cuda"));
        QVERIFY(armIsMissing);

        const Finished table = registry({});
        QCOMPARE(table.exitCode, 0);
        QVERIFY2(table.out.startsWith("REPOSITORY"), table.out);
        QVERIFY2(table.out.contains(found["digest"].toString().mid(7, 12).toUtf8()), table.out);
        QVERIFY2(table.out.contains("9b1c7d52   cuda"), table.out);
        QVERIFY2(table.out.contains("linux/amd64 (no arm64!)"), table.out);
    }

    /// The viewer may read; nothing that needs more is asked for.
    void aViewerSeesTheSame() {
        const Finished done = trace({kCommit, "--context", "demo-viewer", "-o", "json"});
        QVERIFY2(done.exitCode == 0, done.err);
        QVERIFY2(done.err.isEmpty(), done.err);
        QCOMPARE(ctl({"logs", run_, "--kubeconfig", platform_->kubeconfig(), "--context", "demo-viewer"}).exitCode,
                 0);
    }

    void whatIsNotThereIsSaid() {
        const Finished logs = ctl({"logs", "no-such-run", "-f", "--kubeconfig", platform_->kubeconfig()});
        QCOMPARE(logs.exitCode, 1);
        QVERIFY2(logs.err.contains("no-such-run"), logs.err);
        const Finished commit = trace({"not-a-commit"});
        QCOMPARE(commit.exitCode, 2);
        QVERIFY2(commit.err.contains("is no commit"), commit.err);
    }
};

CEREBRAL_TEST(PushOnTerminalTest)
#include "push_on_terminal_test.moc"
