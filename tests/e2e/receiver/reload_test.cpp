#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <csignal>
#include <fstream>

#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"

using namespace cerebral::test;

/// SIGHUP reads the configuration again; a wrong one changes nothing.
class ReloadTest : public QObject {
    Q_OBJECT

private slots:
    void takesTheNewAndKeepsTheOldWhenWrong() {
        const QTemporaryDir dir;
        FakeTektonApi api;
        const std::string base = dir.path().toStdString();
        const std::string file = base + "/config.yaml";
        std::ofstream(file) << "repositories: [acme/other]\n";
        ReceiverProcess receiver({api.writeKubeconfig(base), file, base + "/spool", {}, "3000", {}});
        QVERIFY2(receiver.started(), receiver.process().standardError());
        const auto status = [&](const char* branch) {
            return sendTo(receiver.port(), deliveryRequest(pushBody({.branch = branch}), "d"));
        };
        const auto said = [&](const char* event) {
            return receiver.process()
                .waitForJson([event](const QJsonObject& o) { return o["event"].toString() == event; })
                .has_value();
        };
        QVERIFY(status("one").find("\"ignored\"") != std::string::npos);

        std::ofstream(file, std::ios::trunc) << "repositories: [acme/cerebral]\n";
        receiver.process().signal(SIGHUP);
        QVERIFY(said("configuration reloaded"));
        QVERIFY(status("two").find("\"created\"") != std::string::npos);

        std::ofstream(file, std::ios::trunc) << "repositories: {\n";
        receiver.process().signal(SIGHUP);
        QVERIFY(said("configuration refused, the old one stays"));
        QVERIFY(status("three").find("\"created\"") != std::string::npos);
        QCOMPARE(receiver.metric("github_webhook_config_reloads_total{result=\"refused\"}"), 1.0);
    }
};

CEREBRAL_TEST(ReloadTest)
#include "reload_test.moc"
