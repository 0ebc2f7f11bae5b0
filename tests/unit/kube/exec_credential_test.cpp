// Real programs as exec plugins: shell scripts that answer, hang, print rubbish, expire, need a terminal.

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <thread>

#include "core/base/time_format.h"
#include "core/kube/exec_credential.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;

namespace {

constexpr const char* kV1 = "client.authentication.k8s.io/v1";

/// No such process, or one that only waits for its parent to notice.
bool isGone(int pid) {
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly)) return true;
    const QByteArray text = stat.readAll();
    return text.isEmpty() || text.mid(text.lastIndexOf(')') + 2, 1) == "Z";
}

}  // namespace

class ExecCredentialTest : public QObject {
    Q_OBJECT

    kube::ExecConfig plugin(const QByteArray& script) {
        const QString path = dir_.filePath(QStringLiteral("plugin-%1").arg(++scripts_));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write");
        file.write("#!/bin/sh\n" + script);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        kube::ExecConfig config;
        config.apiVersion = kV1;
        config.command = path.toStdString();
        config.interactiveMode = "IfAvailable";
        return config;
    }

    static QByteArray answer(const QByteArray& status, const QByteArray& version = kV1) {
        return "echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + version + "\",\"status\":{" + status +
               "}}'\n";
    }

    std::shared_ptr<kube::Credentials> make(const kube::ExecConfig& config, std::chrono::milliseconds limit = 20s) {
        return kube::makeExecCredentials(config, "F: user \"u\"", access_, clock_, limit);
    }

    static std::string token(kube::Credentials& credentials) {
        net::HttpRequest request;
        const auto applied = credentials.apply(request, {});
        return applied ? std::string(request.bearerToken.reveal()) : applied.error().message;
    }

    std::string complaint(const kube::ExecConfig& config, std::chrono::milliseconds limit = 20s) {
        std::string message = token(*make(config, limit));
        const std::string start = "F: user \"u\": exec plugin " + config.command + " ";
        return message.starts_with(start) ? message.substr(start.size()) : "unexpected: " + message;
    }

    QByteArray counted(const QByteArray& rest) {
        return "n=$(cat " + dir_.filePath("count").toUtf8() + " 2>/dev/null || echo 0); n=$((n+1)); echo $n > " +
               dir_.filePath("count").toUtf8() + "\n" + rest;
    }

private slots:
    void init() { QFile::remove(dir_.filePath("count")); }

    void aTokenIsKeptUntilItExpires() {
        const QByteArray expiry = QByteArray::fromStdString(formatRfc3339(clock_.now() + 10min));
        const auto credentials = make(plugin(counted(
            "echo \"{\\\"kind\\\":\\\"ExecCredential\\\",\\\"apiVersion\\\":\\\"client.authentication.k8s.io/v1\\\","
            "\\\"status\\\":{\\\"token\\\":\\\"t$n\\\",\\\"expirationTimestamp\\\":\\\"" +
            expiry + "\\\"}}\"\n")));
        QCOMPARE(token(*credentials), std::string("t1"));
        clock_.advance(9min);
        QCOMPARE(token(*credentials), std::string("t1"));
        clock_.advance(2min);
        // The script still prints the old time: a credential that is over already is said, not used.
        QVERIFY(token(*credentials).find("expired at") != std::string::npos);
    }

    void a401RunsItOnceMore() {
        const auto credentials = make(plugin(counted(
            "echo \"{\\\"kind\\\":\\\"ExecCredential\\\",\\\"apiVersion\\\":\\\"client.authentication.k8s.io/v1\\\","
            "\\\"status\\\":{\\\"token\\\":\\\"t$n\\\"}}\"\n")));
        QCOMPARE(token(*credentials), std::string("t1"));
        clock_.advance(1h);
        QCOMPARE(token(*credentials), std::string("t1"));
        QVERIFY(credentials->renew());
        QCOMPARE(token(*credentials), std::string("t2"));
        QVERIFY(credentials->renew());  // another request met the same 401 at the same time
        QCOMPARE(token(*credentials), std::string("t2"));
    }

    void aCertificateGoesIntoTheTlsOptions() {
        const auto credentials = make(plugin(answer("\"clientCertificateData\":\"CERT\",\"clientKeyData\":\"KEY\"")));
        net::HttpRequest request;
        QVERIFY(credentials->apply(request, {}).has_value());
        QCOMPARE(request.tls->clientCertPem, std::string("CERT"));
        QCOMPARE(std::string(request.tls->clientKeyPem.reveal()), std::string("KEY"));
        QCOMPARE(request.tls->caPem, std::string("AUTHORITY"));
    }

    void theProgramLearnsVersionEnvironmentAndCluster() {
        kube::ExecConfig config = plugin("echo \"$KUBERNETES_EXEC_INFO\" > \"$OUT\"; echo \"$1|$2\" >> \"$OUT\"\n" +
                                         answer("\"token\":\"t\""));
        const QString out = dir_.filePath("info");
        config.env.emplace_back("OUT", out.toStdString());
        config.args = {"a b", "$(touch /tmp/never)"};
        config.provideClusterInfo = true;
        QCOMPARE(token(*make(config)), std::string("t"));
        QFile file(out);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(
            file.readLine().trimmed(),
            QByteArray("{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"spec\":"
                       "{\"cluster\":{\"certificate-authority-data\":\"QVVUSE9SSVRZ\",\"server\":"
                       "\"https://127.0.0.1:6443\"},\"interactive\":false}}"));
        QCOMPARE(file.readLine().trimmed(), QByteArray("a b|$(touch /tmp/never)"));
    }

    void aProgramThatHangsIsKilledWithWhatItStarted() {
        const QString alive = dir_.filePath("grandchild");
        kube::ExecConfig config = plugin("sleep 600 & echo $! > " + alive.toUtf8() + "; wait\n");
        QCOMPARE(complaint(config, 300ms),
                 std::string("did not answer within 1 s; does it wait for a login in a browser or terminal?"));
        QFile file(alive);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const int pid = file.readAll().trimmed().toInt();
        QVERIFY(pid > 1);
        QTRY_VERIFY(isGone(pid));
    }

    void cancellingEndsIt() {
        const auto credentials = make(plugin("sleep 600\n"));
        std::stop_source stop;
        std::jthread canceller([&] { stop.request_stop(); });
        net::HttpRequest request;
        const auto applied = credentials->apply(request, stop.get_token());
        QCOMPARE(applied.error().kind, ErrorKind::Cancelled);
    }

    void everyBadAnswerHasItsMessage_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("rubbish") << QByteArray("echo hello\n") << QByteArray("printed something that is not JSON");
        QTest::newRow("nothing") << QByteArray("exit 0\n") << QByteArray("printed something that is not JSON");
        QTest::newRow("another kind") << QByteArray("echo '{\"kind\":\"Pod\"}'\n")
                                      << QByteArray("printed JSON that is no ExecCredential");
        QTest::newRow("another version") << answer("\"token\":\"t\"", "client.authentication.k8s.io/v1beta1")
                                         << QByteArray(
                                                "answered with apiVersion client.authentication.k8s.io/v1beta1 where "
                                                "client.authentication.k8s.io/v1 was asked for");
        QTest::newRow("no status") << QByteArray("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"") + kV1 +
                                          "\"}'\n"
                                   << QByteArray("returned no status");
        QTest::newRow("empty status") << answer("") << QByteArray("returned neither a token nor a certificate");
        QTest::newRow("half a certificate")
            << answer("\"clientCertificateData\":\"C\"")
            << QByteArray("returned only one of clientCertificateData and clientKeyData");
        QTest::newRow("bad time") << answer("\"token\":\"t\",\"expirationTimestamp\":\"soon\"")
                                  << QByteArray("returned an expirationTimestamp that is not RFC 3339");
        QTest::newRow("expired") << answer("\"token\":\"t\",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"")
                                 << QByteArray(
                                        "returned a credential that expired at 2020-01-01T00:00:00Z; log in "
                                        "again, and check this machine's clock");
        QTest::newRow("failure") << QByteArray(
                                        "echo first >&2; printf '\\033[31mlogin expired\\033[0m\\n\\n' >&2; exit 3\n")
                                 << QByteArray("failed with exit code 3: login expired");
        QTest::newRow("too much") << QByteArray("yes\n") << QByteArray("could not be run: PROGRAM writes too much");
    }
    void everyBadAnswerHasItsMessage() {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, message);
        const kube::ExecConfig config = plugin(script);
        message.replace("PROGRAM", QByteArray::fromStdString(config.command));
        QCOMPARE(QByteArray::fromStdString(complaint(config)), message);
    }

    void aMissingProgramShowsItsHintWithoutEscapes() {
        kube::ExecConfig config = plugin("");
        config.command = "no-such-credential-plugin";
        config.installHint = "\x1b]0;owned\x07Install it:\x1b[1m apt-get\ninstall plugin";
        QCOMPARE(complaint(config), std::string("is not installed: Install it: apt-get install plugin"));
    }

    void aProgramThatNeedsATerminalIsNotRun() {
        kube::ExecConfig config = plugin("touch " + dir_.filePath("ran").toUtf8() + "\n");
        config.interactiveMode = "Always";
        QVERIFY(complaint(config).starts_with("needs a terminal"));
        QVERIFY(!QFile::exists(dir_.filePath("ran")));
    }

private:
    static kube::ClusterAccess clusterAccess() {
        kube::ClusterAccess access;
        access.server = "https://127.0.0.1:6443";
        net::TlsOptions tls;
        tls.caPem = "AUTHORITY";
        access.tls = std::make_shared<const net::TlsOptions>(std::move(tls));
        return access;
    }

    kube::ClusterAccess access_ = clusterAccess();
    test::FakeClock clock_;
    QTemporaryDir dir_;
    int scripts_ = 0;
};

CEREBRAL_TEST(ExecCredentialTest)
#include "exec_credential_test.moc"
