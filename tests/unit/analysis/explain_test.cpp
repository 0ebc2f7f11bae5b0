#include "core/analysis/explain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/support/test_main.h"

using namespace cerebral::analysis;

namespace {

QString explained(const QString& reason, const QString& message) {
    return QString::fromStdString(explainReason(reason.toStdString(), message.toStdString()));
}

/// reason and message of the Succeeded condition of a recorded TaskRun.
std::pair<QString, QString> recordedTask(const QString& name) {
    QFile file(CEREBRAL_TEST_DATA "/captures/states/taskruns.list.json");
    if (!file.open(QIODevice::ReadOnly)) return {};
    for (const QJsonValue& item : QJsonDocument::fromJson(file.readAll()).object()["items"].toArray()) {
        if (item["metadata"]["name"].toString() != name) continue;
        const QJsonValue condition = item["status"]["conditions"][0];
        return {condition["reason"].toString(), condition["message"].toString()};
    }
    return {};
}

/// The message of the first recorded event or condition in a watch stream with this reason.
QString recordedMessage(const QString& path, const QString& reason, const QString& containing) {
    QFile file(QStringLiteral(CEREBRAL_TEST_DATA "/captures/") + path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    while (!file.atEnd()) {
        const QJsonObject object = QJsonDocument::fromJson(file.readLine()).object()["object"].toObject();
        const QJsonValue condition = object["status"]["conditions"][0];
        for (const QJsonValue& holder : {QJsonValue(object), condition}) {
            const QString message = holder["message"].toString();
            if (holder["reason"].toString() == reason && message.contains(containing)) return message;
        }
    }
    return {};
}

}  // namespace

class ExplainTest : public QObject {
    Q_OBJECT
private slots:
    void stepEnds_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("limit");
        QTest::addColumn<QString>("words");
        const auto row = [](int code, const char* reason, const char* limit, const char* words) {
            QTest::addRow("%d %s %s", code, reason, limit) << code << reason << limit << words;
        };
        row(1, "Error", "", "exit code 1");
        row(0, "Completed", "", "exit code 0");
        row(2, "", "", "exit code 2");
        row(126, "Error", "", "exit code 126: the command could not be executed");
        row(127, "Error", "", "exit code 127: command not found");
        row(139, "Error", "", "exit code 139: crashed (SIGSEGV)");
        row(143, "Error", "", "exit code 143: asked to end (SIGTERM)");
        row(137, "OOMKilled", "4Gi", "killed for memory at 4.0 GiB of 4 Gi");
        row(137, "OOMKilled", "1536Mi", "killed for memory at 1.5 GiB of 1536 Mi");
        row(137, "OOMKilled", "", "killed for memory");
        row(137, "OOMKilled", "rubbish", "killed for memory");
        row(1, "StepOOM", "512Mi", "killed for memory at 512.0 MiB of 512 Mi");
        row(137, "Error", "4Gi", "exit code 137: killed from outside (SIGKILL); not reported as out of memory");
    }
    void stepEnds() {
        QFETCH(int, code);
        QFETCH(QString, reason);
        QFETCH(QString, limit);
        QFETCH(QString, words);
        const StepEnd end{code, reason.toStdString(), "", limit.toStdString()};
        QCOMPARE(QString::fromStdString(explainStepEnd(end)), words);
    }

    void aStepWhosePodWasTakenAway() {
        const StepEnd end{1, "TaskRunTimeout", "Step run terminated as pod state-task-timeout-slow-pod is terminated",
                          ""};
        QCOMPARE(explainStepEnd(end), std::string("the task took longer than its timeout"));
        QCOMPARE(explainStepEnd({}), std::string("no exit code"));
    }

    void recordedTaskRuns_data() {
        QTest::addColumn<QString>("words");
        QTest::newRow("state-pull-failed-nope")
            << "the image could not be pulled: 127.0.0.1:5000/rig/does-not-exist:1: not found";
        QTest::newRow("state-node-resources-big") << "no node has room for the pod";
        QTest::newRow("state-pvc-unbound-ws") << "waiting for a volume: its claim is not bound";
        QTest::newRow("state-task-timeout-slow") << "the task took longer than its timeout: TaskRun "
                                                    "\"state-task-timeout-slow\" failed to finish within \"6s\"";
        QTest::newRow("state-timeout-slow")
            << "cancelled: TaskRun \"state-timeout-slow\" was cancelled. TaskRun cancelled "
               "as the PipelineRun it belongs to has timed out";
        QTest::newRow("state-continue-ignored")
            << "failed, and the pipeline went on: \"step-run\" exited with code 3: Error";
    }
    void recordedTaskRuns() {
        QFETCH(QString, words);
        const auto [reason, message] = recordedTask(QTest::currentDataTag());
        QVERIFY(!reason.isEmpty());
        QCOMPARE(explained(reason, message), words);
    }

    void recordedPodSecurity() {
        const QString message = recordedMessage("podsecurity/taskruns.watch.jsonl", "PodAdmissionFailed", "matrix");
        QCOMPARE(
            explained("PodAdmissionFailed", message),
            "the namespace's pod security level restricted refuses the pod: host namespaces, "
            "allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile");
        QVERIFY(
            explained("ToBeRetried", message).startsWith("the namespace's pod security level restricted refuses"));
    }

    void recordedPullEvents() {
        const QString backOff = recordedMessage("states/events.watch.jsonl", "PullImageFailed", "Back-off");
        QVERIFY(backOff.contains("\\\""));
        QCOMPARE(explained("PullImageFailed", backOff),
                 "the image could not be pulled: 127.0.0.1:5000/rig/does-not-exist:1: not found");
        const QString noRoom = recordedMessage("states/events.watch.jsonl", "FailedScheduling", "Insufficient");
        QVERIFY(explained("Unschedulable", noRoom)
                    .startsWith("no node has room for the pod: 0/1 nodes are available: 1 "
                                "Insufficient cpu"));
    }

    void recordedQuota() {
        QFile file(CEREBRAL_TEST_DATA "/captures/errors/403-quota.http");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray answer = file.readAll();
        const QString message =
            QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4)).object()["message"].toString();
        QVERIFY2(message.contains("exceeded quota"), answer.constData());
        const QString words = explained("Forbidden", message);
        QVERIFY2(words.startsWith("the quota ") && words.contains(" is used up: requested "), qPrintable(words));
        QVERIFY2(words.contains(", used ") && words.contains(", limited to "), qPrintable(words));
    }

    void reasons_data() {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* reason, const char* message, const char* words) {
            QTest::newRow((std::string(reason) + ": " + message).substr(0, 60).c_str()) << reason << message << words;
        };
        row("ExceededResourceQuota",
            "pods \"x\" is forbidden: exceeded quota: compute, requested: cpu=2,memory=4Gi, used: cpu=9, limited: "
            "cpu=10",
            "the quota compute is used up: requested cpu=2,memory=4Gi, used cpu=9, limited to cpu=10");
        row("ExceededResourceQuota", "something else", "a quota is used up: something else");
        row("ImagePullBackOff", "Back-off pulling image \"r:5000/x:1\"", "the image could not be pulled: r:5000/x:1");
        row("ErrImagePull",
            "failed to pull and unpack image \"r:5000/x:1\": no match for platform in manifest: not found",
            "the image could not be pulled: r:5000/x:1: no match for platform in manifest: not found");
        row("ErrImagePull",
            "rpc error: code = Unknown desc = failed to pull and unpack image \"r:5000/x:1\": failed to resolve "
            "reference "
            "\"r:5000/x:1\": failed to do request: Head \"https://r:5000/v2/x/manifests/1\": http: server gave HTTP "
            "response to HTTPS client",
            "the image could not be pulled: r:5000/x:1: http: server gave HTTP response to HTTPS client");
        row("ImagePullBackOff", "", "the image could not be pulled");
        row("InvalidImageName", "couldn't parse image reference",
            "the image's name is not valid: couldn't parse image reference");
        row("CreateContainerConfigError", "secret \"x\" not found",
            "the container could not be configured: secret \"x\" not found");
        row("PodAdmissionFailed", "admission webhook \"x\" denied the request",
            "the pod was refused at admission: admission webhook \"x\" denied the request");
        row("Cancelled", "PipelineRun \"x\" was cancelled", "cancelled");
        row("CouldntGetPipeline", "no such\nPipeline.", "the pipeline could not be found: no such Pipeline");
        row("NeverHeardOf", "But it says this.", "NeverHeardOf: But it says this");
        row("", "Only a message", "Only a message");
        row("NeverHeardOf", "", "NeverHeardOf");
        row("", "", "");
    }
    void reasons() {
        QFETCH(QString, reason);
        QFETCH(QString, message);
        QFETCH(QString, words);
        QCOMPARE(explained(reason, message), words);
    }

    void longMessagesAreCut() {
        const QString words = explained("Odd", QString(5'000, QChar(u'ü')));
        QVERIFY(words.size() < 420);
        QVERIFY(words.endsWith(u'…'));
    }

    void quantities_data() {
        QTest::addColumn<qlonglong>("bytes");
        const auto row = [](const char* text, qlonglong bytes) { QTest::newRow(text) << bytes; };
        row("4Gi", 4'294'967'296);
        row("1.5Gi", 1'610'612'736);
        row("512M", 512'000'000);
        row("128974848", 128'974'848);
        row("1e9", 1'000'000'000);
        row("100k", 100'000);
        row("1500m", 2);
        row("0", 0);
        for (const char* text : {"", "Gi", "4gi", "4 Gi", "-1", "nan", "inf", "9Ei9", "99999Ei", "4GiB"})
            row(text, -1);
    }
    void quantities() {
        QFETCH(qlonglong, bytes);
        const auto parsed = parseQuantity(QTest::currentDataTag());
        QCOMPARE(parsed ? static_cast<qlonglong>(*parsed) : -1, bytes);
    }

    void bytesAreWrittenInBinaryUnits() {
        QCOMPARE(formatBytes(0), std::string("0 B"));
        QCOMPARE(formatBytes(1'023), std::string("1023 B"));
        QCOMPARE(formatBytes(1'536), std::string("1.5 KiB"));
        QCOMPARE(formatBytes(4ULL << 30U), std::string("4.0 GiB"));
    }
};

CEREBRAL_TEST(ExplainTest)
#include "explain_test.moc"
