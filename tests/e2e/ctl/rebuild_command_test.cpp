#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <mutex>

#include "app/demo/demo_cluster.h"
#include "tests/support/child_process.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"
#include "tests/unit/ctl/recording_server.h"

using namespace cerebral;
using test::Finished;
using test::RecordingServer;

/// `cerebralctl rebuild`: a token minted by the cluster, checked by the real receiver, a run as the outcome.
class RebuildCommandTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Logger> log_ = makeNullLogger();
    std::unique_ptr<demo::DemoCluster> cluster_;
    std::unique_ptr<test::ReceiverProcess> receiver_;
    QString kubeconfig_;

    Finished ctl(const QStringList& arguments) { return test::runToEnd("cerebralctl", arguments); }
    Finished rebuild(const QStringList& more, const QString& url) {
        return ctl(QStringList{"rebuild", "--kubeconfig", kubeconfig_, "--receiver-url", url} + more);
    }
    [[nodiscard]] QString receiverUrl() const { return "http://127.0.0.1:" + QString::number(receiver_->port()); }
    QString file(const QString& name, const std::string& content) {
        QFile out(folder_.filePath(name));
        if (!out.open(QIODevice::WriteOnly)) qFatal("cannot write");
        out.write(QByteArray::fromStdString(content));
        return out.fileName();
    }

private slots:
    void initTestCase() {
        kubeconfig_ = folder_.filePath("kubeconfig");
        demo::DemoOptions options;
        options.writeKubeconfig = kubeconfig_.toStdString();
        options.speed = 100;
        auto cluster = demo::DemoCluster::start(std::move(options), *log_);
        QVERIFY2(cluster.has_value(), cluster ? "" : cluster.error().message.c_str());
        cluster_ = std::move(*cluster);
        test::ReceiverPlan plan;
        plan.kubeconfig = kubeconfig_.toStdString();
        plan.spoolDir = folder_.filePath("spool").toStdString();
        plan.answerBudgetMs = "5000";
        receiver_ = std::make_unique<test::ReceiverProcess>(plan);
        QVERIFY(receiver_->started());
        const Finished pushed = ctl({"send", file("push.json", test::pushBody({})), "--url", receiverUrl() + "/",
                                     "--secret-file", file("secret", test::ReceiverProcess::kSecret)});
        QVERIFY2(pushed.exitCode == 0, pushed.err + pushed.out);
    }
    void cleanupTestCase() {
        receiver_.reset();
        cluster_.reset();
    }

    void theReceiverBuildsAgain() {
        const Finished done =
            rebuild({"ai-services", "--reason", "the base image has changed", "-o", "json"}, receiverUrl());
        QVERIFY2(done.exitCode == 0, done.err + done.out);
        const QJsonObject answer = QJsonDocument::fromJson(done.out).object();
        QCOMPARE(answer["status"].toString(), QString("created"));
        const QString name = answer["pipelineRuns"][0]["name"].toString();
        const Finished listed = ctl({"runs", "--kubeconfig", kubeconfig_, "-o", "json", "--limit", "0"});
        bool found = false;
        for (const QJsonValue run : QJsonDocument::fromJson(listed.out).array()) {
            if (run["name"].toString() != name) continue;
            found = true;
            QCOMPARE(run["trigger"].toString(), QString("rebuild"));
            QCOMPARE(run["service"].toString(), QString("ai-services"));
        }
        QVERIFY2(found, listed.out);
    }

    void theSameRequestBuildsOnce() {
        const QStringList request{"ai-services", "--request-id", "once", "-o", "json"};
        const Finished first = rebuild(request, receiverUrl());
        const Finished second = rebuild(request, receiverUrl());
        QCOMPARE(first.exitCode, 0);
        QCOMPARE(second.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(second.out)["status"].toString(), QString("duplicate"));
        const auto nameIn = [](const Finished& done) {
            return QJsonDocument::fromJson(done.out)["pipelineRuns"][0]["name"].toString();
        };
        QCOMPARE(nameIn(second), nameIn(first));
    }

    void refusalsAreSaidInWords() {
        const Finished done = rebuild({"No_Such_Name"}, receiverUrl());
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(done.err.contains("HTTP 4"), done.err);
    }

    /// What leaves this machine: a token in its header and nowhere else.
    void theTokenIsInTheHeaderAlone() {
        const RecordingServer server([](const auto&) {
            return test::jsonAnswer(
                200, R"({"status":"created","pipelineRuns":[{"name":"n","service":"s","outcome":"o"}]})");
        });
        const Finished done =
            rebuild({"ai-services", "data-services", "--branch", "dev"}, QString::fromStdString(server.url()));
        QVERIFY2(done.exitCode == 0, done.err);
        const auto request = server.requests().at(0);
        QCOMPARE(request.path, std::string("/rebuild"));
        const std::string header(request.headers.find("Authorization").value_or(""));
        QVERIFY(header.starts_with("Bearer ") && header.size() > 20);
        const QByteArray token = QByteArray::fromStdString(header.substr(7));
        QVERIFY(!(done.out + done.err).contains(token));
        QVERIFY(!QByteArray::fromStdString(request.body).contains(token));
        const QJsonObject body = QJsonDocument::fromJson(QByteArray::fromStdString(request.body)).object();
        QCOMPARE(body["services"], QJsonArray({"ai-services", "data-services"}));
        QCOMPARE(body["branch"].toString(), QString("dev"));
        QVERIFY(!body["requestId"].toString().isEmpty());
        QVERIFY(!body["requestedBy"].toString().isEmpty());
        QVERIFY(done.out.contains("SERVICE"));
    }

    /// Refused before a token was even asked for.
    void noTokenGoesOverAnOpenLine() {
        const std::size_t before = cluster_->record().size();
        const Finished done = rebuild({"ai-services"}, "http://webhook.invalid/");
        QCOMPARE(done.exitCode, 1);
        QVERIFY2(done.err.contains("use https"), done.err);
        QCOMPARE(cluster_->record().size(), before);
    }
};

CEREBRAL_TEST(RebuildCommandTest)
#include "rebuild_command_test.moc"
