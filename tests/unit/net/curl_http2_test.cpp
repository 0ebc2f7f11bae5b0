// HTTP/2 as a real server speaks it: nginx, with TLS. It writes down which protocol each request came by, and over
// which connection.

#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <atomic>
#include <thread>

#include "core/net/curl_transport.h"
#include "tests/support/child_process.h"
#include "tests/support/print.h"
#include "tests/support/raw_client.h"
#include "tests/support/reserved_port.h"
#include "tests/support/test_authority.h"
#include "tests/support/test_main.h"
#include "tests/support/tools.h"

using namespace cerebral;
using namespace cerebral::net;

namespace {

constexpr int kThreads = 12;
constexpr int kEach = 5;

QString nginxProgram() {
    const QString found = QStandardPaths::findExecutable("nginx");
    return found.isEmpty() ? QStandardPaths::findExecutable("nginx", {"/usr/sbin", "/usr/local/sbin"}) : found;
}

class IgnoringHandler final : public StreamHandler {
public:
    bool onHead(const HttpHead& head) override { return head.status == 200; }
    bool onData(std::string_view chunk) override {
        bytes += chunk.size();
        return true;
    }
    std::size_t bytes = 0;
};

}  // namespace

class CurlHttp2Test : public QObject {
    Q_OBJECT

    test::TestAuthority authority_{"Test CA"};
    test::ReservedPort port_;
    QTemporaryDir folder_;
    std::unique_ptr<test::ChildProcess> nginx_;

    void write(const QString& name, const QByteArray& bytes) const {
        QFile file(folder_.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    [[nodiscard]] HttpRequest request(const std::string& path, HttpVersion version) const {
        auto tls = std::make_shared<TlsOptions>();
        tls->caPem = authority_.certificatePem();
        HttpRequest made;
        made.url = "https://127.0.0.1:" + std::to_string(port_.number()) + path;
        made.tls = std::move(tls);
        made.version = version;
        return made;
    }
    /// "HTTP/2.0 17" of every request whose path begins so.
    [[nodiscard]] QStringList noted(const QString& path) const {
        QFile log(folder_.filePath("access.log"));
        if (!log.open(QIODevice::ReadOnly)) return {};
        QStringList lines;
        for (const QString& line : QString::fromUtf8(log.readAll()).split('\n')) {
            if (line.startsWith(path)) lines << line.section(' ', 1);
        }
        return lines;
    }

private slots:
    void initTestCase() {
        const QString program = nginxProgram();
        if (program.isEmpty()) {
            if (test::toolsAreRequired()) QFAIL("no nginx (Debian's nginx-light)");
            QSKIP("SKIP-ALL: no nginx (Debian's nginx-light)");
        }
        const auto key = authority_.issue("server", {"IP:127.0.0.1"});
        write("cert.pem", QByteArray::fromStdString(key.certificatePem));
        write("key.pem", QByteArray::fromStdString(key.keyPem));
        write("big", QByteArray(3'000'000, 'x'));
        write("nginx.conf",
              "daemon off;\nmaster_process off;\nworker_processes 1;\npid nginx.pid;\nerror_log stderr crit;\n"
              "events { worker_connections 256; }\n"
              "http {\n  log_format noted '$uri $server_protocol $connection';\n  access_log access.log noted;\n"
              "  client_body_temp_path body;\n  proxy_temp_path proxy;\n  fastcgi_temp_path fastcgi;\n"
              "  uwsgi_temp_path uwsgi;\n  scgi_temp_path scgi;\n"
              "  server {\n    listen 127.0.0.1:" +
                  QByteArray::number(port_.number()) +
                  " ssl http2;\n    ssl_certificate cert.pem;\n    ssl_certificate_key key.pem;\n"
                  "    location / { return 200 \"ok\\n\"; }\n    location /big { root .; }\n  }\n}\n");
        nginx_ = std::make_unique<test::ChildProcess>(
            program, QStringList{"-p", folder_.path(), "-c", folder_.filePath("nginx.conf")});
        QTRY_VERIFY2_WITH_TIMEOUT(test::RawClient(port_.number()).connected(), nginx_->standardError().constData(),
                                  20'000);
    }

    /// What 130 streams on libcurl without waiting for the first connection come to: one connection each.
    void manyRequestsShareOneConnection() {
        CurlTransport transport;
        std::atomic<int> wrong = 0;
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < kEach; ++i) {
                    const auto response = transport.send(request("/list", HttpVersion::Http2), {});
                    if (!response || response->status != 200 || response->body != "ok\n") ++wrong;
                }
            });
        }
        threads.clear();
        QCOMPARE(wrong.load(), 0);
        QTRY_COMPARE(noted("/list").size(), kThreads * kEach);
        QStringList all = noted("/list");
        all.removeDuplicates();
        QCOMPARE(all.size(), 1);
        QVERIFY2(all[0].startsWith("HTTP/2.0 "), qPrintable(all[0]));
    }

    void aStreamComesWholeBesideOthers() {
        CurlTransport transport;
        IgnoringHandler big;
        std::jthread reader([&] { (void)transport.stream(request("/big", HttpVersion::Http2), big, {}); });
        for (int i = 0; i < 20; ++i) VERIFY_OK(transport.send(request("/beside", HttpVersion::Http2), {}));
        reader.join();
        QCOMPARE(big.bytes, std::size_t{3'000'000});
        QTRY_COMPARE(noted("/beside").size(), 20);
        QVERIFY(noted("/beside").join(' ').contains("HTTP/2.0"));
        QVERIFY(!noted("/beside").join(' ').contains("HTTP/1"));
    }

    /// A slow reader of a log must hold its sender back, which only a connection of its own does.
    void logsComeByHttp1() {
        CurlTransport transport;
        VERIFY_OK(transport.send(request("/before", HttpVersion::Http2), {}));
        IgnoringHandler log;
        VERIFY_OK(transport.stream(request("/log", HttpVersion::Http1), log, {}));
        QTRY_COMPARE(noted("/log").size(), 1);
        QVERIFY2(noted("/log")[0].startsWith("HTTP/1.1 "), qPrintable(noted("/log")[0]));
        QVERIFY(noted("/log")[0].section(' ', 1) != noted("/before")[0].section(' ', 1));
    }

    /// The server goes away and comes back: one failure at most, then a new connection.
    void aConnectionThatDiedIsReplaced() {
        CurlTransport transport;
        VERIFY_OK(transport.send(request("/first", HttpVersion::Http2), {}));
        nginx_->terminate();
        QVERIFY(nginx_->waitForExit().has_value());
        COMPARE_ERROR(transport.send(request("/none", HttpVersion::Http2), {}), ErrorKind::Unreachable);
        nginx_ = std::make_unique<test::ChildProcess>(
            nginxProgram(), QStringList{"-p", folder_.path(), "-c", folder_.filePath("nginx.conf")});
        QTRY_VERIFY_WITH_TIMEOUT(test::RawClient(port_.number()).connected(), 20'000);
        VERIFY_OK(transport.send(request("/again", HttpVersion::Http2), {}));
        QTRY_VERIFY(!noted("/again").isEmpty());
        QVERIFY(noted("/again")[0].startsWith("HTTP/2.0 "));
    }
};

CEREBRAL_TEST(CurlHttp2Test)
#include "curl_http2_test.moc"
