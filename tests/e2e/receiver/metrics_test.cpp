#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"
#include "tests/support/tools.h"

using namespace cerebral::test;

class MetricsTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    FakeTektonApi api_;
    std::unique_ptr<ReceiverProcess> receiver_;

private slots:
    void initTestCase() {
        const std::string base = dir_.path().toStdString();
        receiver_ = std::make_unique<ReceiverProcess>(
            ReceiverPlan{api_.writeKubeconfig(base), {}, base + "/spool", {}, "3000", {}});
        QVERIFY(receiver_->started());
    }
    void idleMemoryIsSmall() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("sanitizers keep memory of their own");
#endif
        QVERIFY2(receiver_->anonymousKb() < 10 * 1024, std::to_string(receiver_->anonymousKb()).c_str());
    }
    void countsDeliveries() {
        const std::string body = pushBody({});  // once: it says when it was pushed
        sendTo(receiver_->port(), deliveryRequest(body, "1"));
        sendTo(receiver_->port(), deliveryRequest(body, "2"));
        sendTo(receiver_->port(), deliveryRequest("{}", "3", "ping"));
        QCOMPARE(receiver_->metric("github_webhook_deliveries_total{status=\"created\"}"), 1.0);
        QCOMPARE(receiver_->metric("github_webhook_deliveries_total{status=\"duplicate\"}"), 1.0);
        QCOMPARE(receiver_->metric("github_webhook_deliveries_total{status=\"pong\"}"), 1.0);
        QCOMPARE(receiver_->metric("github_webhook_pipelineruns_total{outcome=\"created\"}"), 1.0);
        QCOMPARE(receiver_->metric("github_webhook_delivery_duration_seconds_count"), 3.0);
    }
    void promtoolAcceptsThem() {
        const QString promtool = QStandardPaths::findExecutable("promtool");
        if (promtool.isEmpty()) {
            if (toolsAreRequired()) QFAIL("promtool is missing (Debian package prometheus)");
            QSKIP("promtool is not installed (Debian package prometheus)");
        }
        const std::string response =
            sendTo(receiver_->adminPort(), "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        QProcess check;
        check.start(promtool, {"check", "metrics"});
        check.write(QByteArray::fromStdString(RawClient::body(response)));
        check.closeWriteChannel();
        QVERIFY(check.waitForFinished(20'000));
        const QByteArray said = check.readAllStandardError() + check.readAllStandardOutput();
        QVERIFY2(check.exitCode() == 0 && said.trimmed().isEmpty(), said);
    }
};

CEREBRAL_TEST(MetricsTest)
#include "metrics_test.moc"
