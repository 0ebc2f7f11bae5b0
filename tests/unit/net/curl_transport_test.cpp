#include "core/net/curl_transport.h"

#include <QtTest/QtTest>
#include <array>
#include <mutex>

#include "tests/support/print.h"
#include "tests/support/raw_server.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::net;
using namespace std::chrono_literals;
using test::RawConnection;
using test::RawServer;

namespace {

/// Answers every request with 200 and keeps what was asked.
class Recorder {
public:
    Recorder()
        : server([this](RawConnection& connection) {
              for (std::string request = connection.readRequest(); !request.empty();
                   request = connection.readRequest()) {
                  const std::lock_guard lock(mutex_);
                  requests_.push_back(request);
                  if (!connection.answer("ok")) return;
              }
          }) {}

    std::string last() {
        const std::lock_guard lock(mutex_);
        return requests_.empty() ? std::string() : requests_.back();
    }

private:
    std::mutex mutex_;
    std::vector<std::string> requests_;

public:
    RawServer server;  // last: its threads use what is above
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

RawServer::Script sayOnce(std::string bytes) {
    return [bytes = std::move(bytes)](RawConnection& connection) {
        connection.readRequest();
        connection.write(bytes);
    };
}

// gzip of 1000 times 'a', made by gzip 1.12.
constexpr std::array<unsigned char, 29> kGzip{0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03,
                                              0x4b, 0x4c, 0x1c, 0x05, 0xa3, 0x60, 0x14, 0x0c, 0x77, 0x00,
                                              0x00, 0x03, 0xda, 0x38, 0x9a, 0xe8, 0x03, 0x00, 0x00};

}  // namespace

class CurlTransportTest : public QObject {
    Q_OBJECT

    CurlTransport transport_;

    Result<HttpResponse> get(const std::string& url) {
        HttpRequest request;
        request.url = url;
        return transport_.send(request, {});
    }

private slots:
    void getsStatusHeadersAndBody() {
        Recorder recorder;
        const auto response = get(recorder.server.url("/a/../b%2F?x=%20"));
        VERIFY_OK(response);
        QCOMPARE(response->status, 200);
        QCOMPARE(response->body, std::string("ok"));
        QVERIFY(response->headers.find("content-length") == "2");
        const std::string request = recorder.last();
        QVERIFY2(request.starts_with("GET /a/../b%2F?x=%20 HTTP/1.1\r\n"), request.c_str());
        QVERIFY(has(request, "\r\nHost: 127.0.0.1:" + std::to_string(recorder.server.port())));
        QVERIFY(has(request, "\r\nUser-Agent: cerebral-desk/"));
        for (const char* unwanted : {"Content-Type", "Expect", "Authorization", "Accept-Encoding", "Upgrade"}) {
            QVERIFY2(!has(request, unwanted), request.c_str());
        }
    }

    void sendsBodiesAndMethods() {
        Recorder recorder;
        HttpRequest request;
        request.url = recorder.server.url();
        request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
        request.body = std::string(2'000'000, 'x');
        for (const Method method : {Method::Post, Method::Put, Method::Patch, Method::Delete}) {
            request.method = method;
            VERIFY_OK(transport_.send(request, {}));
            const std::string seen = recorder.last();
            QVERIFY(seen.starts_with(toString(method)));
            QVERIFY(has(seen, "\r\nContent-Length: 2000000\r\n"));
            QVERIFY(has(seen, "\r\nContent-Type: application/json\r\n"));
            QVERIFY(has(seen, "\r\nX-Empty:\r\n"));
            QVERIFY(!has(seen, "Expect"));
            QVERIFY(seen.ends_with(request.body));
        }
        request.body.clear();
        request.method = Method::Post;
        VERIFY_OK(transport_.send(request, {}));
        QVERIFY(has(recorder.last(), "\r\nContent-Length: 0\r\n"));
        request.method = Method::Delete;
        VERIFY_OK(transport_.send(request, {}));
        QVERIFY(recorder.last().starts_with("DELETE / "));
        QVERIFY(!has(recorder.last(), "Content-Length"));
    }

    void headHasNoBody() {
        const RawServer server([](RawConnection& connection) {
            while (!connection.readRequest().empty()) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nETag: \"x\"\r\n\r\n");
            }
        });
        HttpRequest request;
        request.method = Method::Head;
        request.url = server.url();
        const auto response = transport_.send(request, {});
        VERIFY_OK(response);
        QVERIFY(response->headers.find("etag") == "\"x\"");
        QVERIFY(response->body.empty());
    }

    void credentials() {
        Recorder recorder;
        HttpRequest request;
        request.url = recorder.server.url();
        request.bearerToken = Secret(std::string("t0ken"));
        VERIFY_OK(transport_.send(request, {}));
        QVERIFY(has(recorder.last(), "\r\nAuthorization: Bearer t0ken\r\n"));
        request.bearerToken = {};
        request.basicUser = "user";
        request.basicPassword = Secret(std::string("pass"));
        VERIFY_OK(transport_.send(request, {}));
        QVERIFY(has(recorder.last(), "\r\nAuthorization: Basic dXNlcjpwYXNz\r\n"));
        request.bearerToken = Secret(std::string("bad\r\nX-Admin: yes"));
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::Config);
    }

    void noSecretInErrors() {
        HttpRequest request;
        request.url = "http://127.0.0.1:" + std::to_string(test::unusedPort());
        request.bearerToken = Secret(std::string("hunter2"));
        request.basicPassword = Secret(std::string("hunter2"));
        request.proxyUrl = "nosuch://user:hunter2@127.0.0.1:1";
        for (int i = 0; i < 2; ++i) {
            const auto response = transport_.send(request, {});
            QVERIFY(!response);
            QVERIFY2(!has(response.error().message, "hunter2"), response.error().message.c_str());
            request.proxyUrl = "http://user:hunter2@127.0.0.1:" + std::to_string(test::unusedPort());
        }
    }

    void anyStatusIsAValue() {
        const RawServer server(
            sayOnce("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"x\"\r\n"
                    "Retry-After: 7\r\nContent-Length: 4\r\n\r\nnope"));
        const auto response = get(server.url());
        VERIFY_OK(response);
        QCOMPARE(response->status, 401);
        QCOMPARE(response->body, std::string("nope"));
        QVERIFY(response->headers.find("retry-after") == "7");
    }

    void redirectsAreNotFollowed() {
        Recorder other;
        const RawServer server(sayOnce("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other.server.url() +
                                       "\r\nContent-Length: 0\r\n\r\n"));
        const auto response = get(server.url());
        VERIFY_OK(response);
        QCOMPARE(response->status, 307);
        QCOMPARE(other.server.connections(), std::size_t{0});
    }

    void chunkedWithTrailerAndInterimAnswers() {
        const RawServer server(
            sayOnce("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                    "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\nA: 1\r\n\r\n"
                    "3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nX-Trailer: late\r\n\r\n"));
        const auto response = get(server.url());
        VERIFY_OK(response);
        QCOMPARE(response->status, 201);
        QCOMPARE(response->body, std::string("abcde"));
        QVERIFY(!response->headers.find("Link"));
        QVERIFY(!response->headers.find("X-Trailer"));
        QVERIFY(response->headers.find("A") == "1");
    }

    void bodyUntilClose() {
        const RawServer server(sayOnce("HTTP/1.0 200 OK\r\n\r\nall of it"));
        const auto response = get(server.url());
        VERIFY_OK(response);
        QCOMPARE(response->body, std::string("all of it"));
    }

    void bodyCap() {
        const RawServer server([](RawConnection& connection) {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (connection.write("8\r\n12345678\r\n")) {
            }
        });
        HttpRequest request;
        request.url = server.url();
        request.maxBody = 100'000;
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::LimitExceeded);
    }

    void headerCap() {
        const RawServer server([](RawConnection& connection) {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\n");
            while (connection.write("X-Filler: " + std::string(1000, 'x') + "\r\n")) {
            }
        });
        COMPARE_ERROR(get(server.url()), ErrorKind::LimitExceeded);
    }

    void gzipOnlyWhenAsked() {
        const std::string packed(reinterpret_cast<const char*>(kGzip.data()), kGzip.size());
        const std::string head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n";
        std::string seen;
        const RawServer server([&](RawConnection& connection) {
            seen = connection.readRequest();
            connection.write(head + "Content-Length: " + std::to_string(packed.size()) + "\r\n\r\n" + packed);
        });
        HttpRequest request;
        request.url = server.url();
        auto response = transport_.send(request, {});
        VERIFY_OK(response);
        QCOMPARE(response->body, packed);
        QVERIFY(!has(seen, "Accept-Encoding"));

        request.acceptGzip = true;
        response = transport_.send(request, {});
        VERIFY_OK(response);
        QCOMPARE(response->body, std::string(1000, 'a'));
        QVERIFY(has(seen, "\r\nAccept-Encoding: gzip\r\n"));

        const RawServer broken(
            sayOnce(head + "Content-Length: 15\r\n\r\n" + packed.substr(0, 10) + "\xff\xff\xff\xff\xff"));
        request.url = broken.url();
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::Malformed);

        request.maxBody = 999;  // of what comes out, not of what came in
        const RawServer again(
            sayOnce(head + "Content-Length: " + std::to_string(packed.size()) + "\r\n\r\n" + packed));
        request.url = again.url();
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::LimitExceeded);
    }

    void connectionsAreReused() {
        Recorder recorder;
        for (int i = 0; i < 5; ++i) VERIFY_OK(get(recorder.server.url()));
        QCOMPARE(recorder.server.connections(), std::size_t{1});
    }

    void reusedConnectionThatDiedIsReplaced() {
        const RawServer server([](RawConnection& connection) {
            connection.readRequest();
            connection.answer("one");  // and the connection closes though keep-alive was implied
        });
        for (int i = 0; i < 3; ++i) VERIFY_OK(get(server.url()));
        QCOMPARE(server.connections(), std::size_t{3});
    }

    void refusedConnectionIsUnreachable() {
        const auto response = get("http://127.0.0.1:" + std::to_string(test::unusedPort()));
        COMPARE_ERROR(response, ErrorKind::Unreachable);
        QVERIFY2(has(response.error().message, "127.0.0.1"), response.error().message.c_str());
    }

    void closingWithoutAnAnswerIsConnectionLost() {
        const RawServer server([](RawConnection& connection) { connection.readRequest(); });
        COMPARE_ERROR(get(server.url()), ErrorKind::ConnectionLost);
        const RawServer resets([](RawConnection& connection) {
            connection.readRequest();
            connection.reset();
        });
        COMPARE_ERROR(get(resets.url()), ErrorKind::ConnectionLost);
    }

    void cutBodyIsConnectionLost() {
        for (const char* answer : {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n123\r\n"}) {
            const RawServer server(sayOnce(answer));
            COMPARE_ERROR(get(server.url()), ErrorKind::ConnectionLost);
        }
    }

    void rubbishIsMalformed() {
        const RawServer server(sayOnce("SSH-2.0-OpenSSH_9.2\r\n"));
        COMPARE_ERROR(get(server.url()), ErrorKind::Malformed);
    }

    void timeoutAfterSending() {
        const RawServer server([](RawConnection& connection) {
            connection.readRequest();
            connection.waitForPeer();
        });
        HttpRequest request;
        request.url = server.url();
        request.timeout = 50ms;
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::Timeout);
    }

    void badInputNeverReachesTheWire() {
        Recorder recorder;
        HttpRequest request;
        request.url = recorder.server.url();
        request.headers = {{"X-Name", "value\r\nX-Admin: yes"}};
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::Invalid);
        request.headers = {{"X-Name: a\r\nB", "value"}};
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::Invalid);
        request.headers = {};
        request.url = "file:///etc/passwd";
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::Malformed);
        QCOMPARE(recorder.server.connections(), std::size_t{0});
    }

    void proxies() {
        Recorder proxy;
        HttpRequest request;
        request.url = "http://api.test/x";
        request.proxyUrl = proxy.server.url("");
        VERIFY_OK(transport_.send(request, {}));
        QVERIFY2(proxy.last().starts_with("GET http://api.test/x HTTP/1.1\r\n"), proxy.last().c_str());

        const RawServer refusing(sayOnce("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
        request.url = "https://api.test/x";
        request.proxyUrl = refusing.url("");
        COMPARE_ERROR(transport_.send(request, {}), ErrorKind::Unreachable);
    }

    void environmentProxyIsNotForThisMachine() {
        Recorder recorder;
        qputenv("http_proxy", "http://127.0.0.1:1");
        CurlTransport fresh;
        HttpRequest request;
        request.url = recorder.server.url();
        const auto own = fresh.send(request, {});
        request.url = "http://api.test/";
        const auto other = fresh.send(request, {});
        qunsetenv("http_proxy");
        VERIFY_OK(own);
        COMPARE_ERROR(other, ErrorKind::Unreachable);
        QVERIFY2(has(other.error().message, "127.0.0.1"), other.error().message.c_str());
    }
};

CEREBRAL_TEST(CurlTransportTest)
#include "curl_transport_test.moc"
