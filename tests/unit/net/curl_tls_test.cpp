#include <QtTest/QtTest>
#include <mutex>

#include "core/net/curl_transport.h"
#include "tests/support/print.h"
#include "tests/support/raw_server.h"
#include "tests/support/test_authority.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::net;
using namespace std::chrono_literals;
using test::RawConnection;
using test::RawServer;
using test::RawServerTls;
using test::TestAuthority;

namespace {

RawServerTls serverTls(const TestAuthority& authority, const std::vector<std::string>& names,
                       const std::string& clientCa = {}) {
    const auto key = authority.issue("server", names);
    return {key.certificatePem, key.keyPem, clientCa};
}

void answerOk(RawConnection& connection) {
    while (!connection.readRequest().empty() && connection.answer("ok")) {
    }
}

std::shared_ptr<TlsOptions> trusting(const TestAuthority& authority) {
    auto options = std::make_shared<TlsOptions>();
    options->caPem = authority.certificatePem();
    return options;
}

}  // namespace

class CurlTlsTest : public QObject {
    Q_OBJECT

    CurlTransport transport_;
    TestAuthority authority_{"Test CA"};
    TestAuthority stranger_{"Another CA"};

    Result<HttpResponse> get(const RawServer& server, std::shared_ptr<const TlsOptions> tls) {
        HttpRequest request;
        request.url = server.url("/version");
        request.tls = std::move(tls);
        return transport_.send(request, {});
    }

private slots:
    void authorityFromMemory() {
        const RawServer server(serverTls(authority_, {"IP:127.0.0.1"}), answerOk);
        const auto response = get(server, trusting(authority_));
        VERIFY_OK(response);
        QCOMPARE(response->body, std::string("ok"));
        // The same connection cache must not serve somebody who trusts another authority, or nobody special.
        COMPARE_ERROR(get(server, trusting(stranger_)), ErrorKind::Tls);
        COMPARE_ERROR(get(server, nullptr), ErrorKind::Tls);
    }

    void nameMustMatch() {
        const RawServer server(serverTls(authority_, {"DNS:api.test"}), answerOk);
        const auto response = get(server, trusting(authority_));
        COMPARE_ERROR(response, ErrorKind::Tls);
        QVERIFY2(response.error().message.find("127.0.0.1") != std::string::npos, response.error().message.c_str());
    }

    void serverNameIsSentAndVerified() {
        std::mutex mutex;
        std::string sni;
        std::string request;
        const RawServer server(serverTls(authority_, {"DNS:api.test"}), [&](RawConnection& connection) {
            const std::lock_guard lock(mutex);
            sni = connection.serverNameIndication();
            request = connection.readRequest();
            connection.answer("ok");
        });
        auto options = trusting(authority_);
        options->serverName = "api.test";
        VERIFY_OK(get(server, options));
        const std::lock_guard lock(mutex);
        QCOMPARE(sni, std::string("api.test"));
        QVERIFY2(request.find("\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n") != std::string::npos,
                 request.c_str());
        QVERIFY2(request.starts_with("GET /version HTTP/1.1\r\n"), request.c_str());
    }

    void otherServerNameIsRefused() {
        const RawServer server(serverTls(authority_, {"DNS:api.test"}), answerOk);
        auto options = trusting(authority_);
        options->serverName = "other.test";
        COMPARE_ERROR(get(server, options), ErrorKind::Tls);
        options = trusting(authority_);
        options->serverName = "bad name";
        COMPARE_ERROR(get(server, options), ErrorKind::Config);
    }

    void insecureOnlyWhenAsked() {
        const RawServer server(serverTls(stranger_, {"DNS:elsewhere.test"}), answerOk);
        COMPARE_ERROR(get(server, trusting(authority_)), ErrorKind::Tls);
        auto options = trusting(authority_);
        options->insecureSkipVerify = true;
        VERIFY_OK(get(server, options));
        // And the connection made without checks is not lent to one who asks for them.
        COMPARE_ERROR(get(server, trusting(authority_)), ErrorKind::Tls);
    }

    void clientCertificate() {
        std::mutex mutex;
        std::vector<std::string> names;
        const RawServer server(serverTls(authority_, {"IP:127.0.0.1"}, authority_.certificatePem()),
                               [&](RawConnection& connection) {
                                   {
                                       const std::lock_guard lock(mutex);
                                       names.push_back(connection.clientCertificateName());
                                   }
                                   answerOk(connection);
                               });
        for (const char* user : {"alice", "bob"}) {
            const auto key = authority_.issue(user, {});
            auto options = trusting(authority_);
            options->clientCertPem = key.certificatePem;
            options->clientKeyPem = Secret(key.keyPem);
            VERIFY_OK(get(server, options));
        }
        {
            const std::lock_guard lock(mutex);
            QVERIFY((names == std::vector<std::string>{"alice", "bob"}));
        }
        COMPARE_ERROR(get(server, trusting(authority_)), ErrorKind::Tls);

        const auto foreign = stranger_.issue("mallory", {});
        auto options = trusting(authority_);
        options->clientCertPem = foreign.certificatePem;
        options->clientKeyPem = Secret(foreign.keyPem);
        COMPARE_ERROR(get(server, options), ErrorKind::Tls);
    }

    void unusableClientKeyIsTlsAndNotPrinted() {
        const RawServer server(serverTls(authority_, {"IP:127.0.0.1"}), answerOk);
        const auto key = authority_.issue("alice", {});
        auto options = trusting(authority_);
        options->clientCertPem = key.certificatePem;
        options->clientKeyPem = Secret(std::string("-----BEGIN PRIVATE KEY-----\nhunter2\n"));
        const auto response = get(server, options);
        COMPARE_ERROR(response, ErrorKind::Tls);
        QVERIFY(response.error().message.find("hunter2") == std::string::npos);
    }

    void handshakeThatIsCutIsUnreachable() {
        const RawServer server([](RawConnection& connection) { connection.reset(); });
        HttpRequest request;
        request.url = "https://127.0.0.1:" + std::to_string(server.port());
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::Unreachable);
    }

    void handshakeThatHangsIsUnreachable() {
        const RawServer server([](RawConnection& connection) { connection.waitForPeer(); });
        HttpRequest request;
        request.url = "https://127.0.0.1:" + std::to_string(server.port());
        request.connectTimeout = 50ms;
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::Unreachable);
    }
};

CEREBRAL_TEST(CurlTlsTest)
#include "curl_tls_test.moc"
