#include "core/net/server/http_server.h"

#include <QtTest/QtTest>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "tests/support/raw_client.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::net;
using namespace std::chrono_literals;
using test::RawClient;

namespace {

std::string get(const std::string& path, const std::string& extra = {}) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + extra + "\r\n";
}
std::string post(const std::string& path, const std::string& body, const std::string& extra = {}) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           extra + "\r\n" + body;
}

/// A server that echoes "METHOD path body", unless a test replaces the handler.
struct Echo {
    explicit Echo(ServerOptions options = {}, std::function<void(ServerRequest, Responder)> handler = {}) {
        ServerCallbacks callbacks;
        callbacks.checkHeader = [](const ServerRequest& r) -> std::optional<ServerResponse> {
            if (r.path == "/missing") return ServerResponse{404, {}, "no\n"};
            return std::nullopt;
        };
        callbacks.onRequest = handler ? std::move(handler) : [](ServerRequest r, const Responder& to) {
            to.send({200, {{"Content-Type", "text/plain"}}, r.methodText + " " + r.path + " " + r.body});
        };
        callbacks.onRefused = [this](int status, std::string_view, std::string_view) { lastRefusal = status; };
        auto started = HttpServer::start(std::move(options), std::move(callbacks), *log);
        if (!started) qFatal("%s", started.error().message.c_str());
        server = std::move(*started);
    }
    std::unique_ptr<Logger> log = makeNullLogger();
    std::atomic<int> lastRefusal{0};
    std::unique_ptr<HttpServer> server;
    [[nodiscard]] std::uint16_t port() const { return server->port(); }
};

}  // namespace

class HttpServerTest : public QObject {
    Q_OBJECT

private slots:
    void aBodyIsSignedAsItArrives() {
        ServerCallbacks callbacks;
        callbacks.checkHeader = [](ServerRequest& request) -> std::optional<ServerResponse> {
            request.bodyMacs = {HmacSha256("one"), HmacSha256("two")};
            return std::nullopt;
        };
        callbacks.onRequest = [](ServerRequest request, const Responder& to) {
            const bool first = request.bodyMacs.at(0).finish() == hmacSha256("one", request.body);
            const bool second = request.bodyMacs.at(1).finish() == hmacSha256("two", request.body);
            to.send({first && second ? 200 : 400, {}, std::to_string(request.body.size())});
        };
        const auto log = makeNullLogger();
        const auto server = HttpServer::start({}, std::move(callbacks), *log);
        QVERIFY(server.has_value());
        RawClient client((*server)->port());
        const std::string large(300'000, 'x');
        for (const std::string& body : {std::string(), std::string("short"), large}) {
            QVERIFY(client.send(post("/", body)));
            const std::string answer = client.readResponse();
            QCOMPARE(RawClient::status(answer), 200);
            QCOMPARE(RawClient::body(answer), std::to_string(body.size()));
        }
        QVERIFY(client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n493e0\r\n" +
                            large + "\r\n0\r\n\r\n"));
        const std::string chunked = client.readResponse();
        QCOMPARE(RawClient::status(chunked), 200);
        QCOMPARE(RawClient::body(chunked), std::string("300003"));
    }

    void answersOnOneConnectionInOrder() {
        const Echo echo;
        RawClient client(echo.port());
        QVERIFY(client.send(post("/a", "one") + post("/b", "two") + get("/c")));
        QCOMPARE(RawClient::body(client.readResponse()), std::string("POST /a one"));
        QCOMPARE(RawClient::body(client.readResponse()), std::string("POST /b two"));
        QCOMPARE(RawClient::body(client.readResponse()), std::string("GET /c "));
        QVERIFY(client.send(get("/d", "Connection: close\r\n")));
        const std::string last = client.readResponse();
        QVERIFY(last.find("Connection: close") != std::string::npos);
        client.readToEnd();
        QVERIFY(client.closed());
    }
    void answersWhoHasFinishedSpeaking() {
        const Echo echo;
        RawClient client(echo.port());
        QVERIFY(client.send(get("/a")));
        client.endSending();
        QCOMPARE(RawClient::status(client.readToEnd()), 200);
    }
    void headHasALengthAndNoBody() {
        const Echo echo;
        RawClient client(echo.port());
        QVERIFY(client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n" + get("/b")));
        const std::string head = client.readUntil("\r\n\r\n");
        QVERIFY(head.find("Content-Length: 8\r\n") != std::string::npos);
        QCOMPARE(RawClient::body(client.readResponse()), std::string("GET /b "));
    }
    void continuesWhenAsked() {
        const Echo echo;
        RawClient client(echo.port());
        QVERIFY(client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
        QCOMPARE(RawClient::status(client.readResponse()), 100);
        QVERIFY(client.send("abc"));
        QCOMPARE(RawClient::body(client.readResponse()), std::string("POST /a abc"));
    }
    void refusesBeforeTheBodyAndIsStillHeard() {
        const Echo echo;
        RawClient client(echo.port());
        // Sends four megabytes before it listens, as simple clients do.
        QVERIFY(client.send(post("/missing", std::string(4U << 20U, 'x'))));
        QCOMPARE(RawClient::status(client.readResponse()), 404);
        client.readToEnd();
        QVERIFY(client.closed());
    }
    void framingErrorsCloseTheConnection() {
        const Echo echo;
        RawClient client(echo.port());
        QVERIFY(
            client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "0\r\n\r\n" +
                        get("/smuggled")));
        const std::string all = client.readToEnd();
        QCOMPARE(RawClient::status(all), 400);
        QVERIFY(client.closed());
        QVERIFY(all.find("smuggled") == std::string::npos);
        QCOMPARE(echo.lastRefusal.load(), 400);
    }
    void cutsDrippingHeadersAndBodies() {
        ServerOptions options;
        options.limits.headerDeadline = 300ms;
        options.limits.bodyDeadline = 300ms;
        const Echo echo(options);
        for (const std::string& start : {std::string("GET / HTTP/1.1\r\nHost: x\r\n"),
                                         std::string("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n")}) {
            RawClient client(echo.port());
            QVERIFY(client.send(start));
            const auto from = std::chrono::steady_clock::now();
            std::string answer;
            while (answer.empty() && std::chrono::steady_clock::now() - from < 10s) {
                client.send("a");
                answer = client.readResponse(20ms);
            }
            QCOMPARE(RawClient::status(answer), 408);
        }
        // A connection that says nothing at all is closed without a word.
        RawClient silent(echo.port());
        QVERIFY(silent.readToEnd().empty());
        QVERIFY(silent.closed());
    }
    void idleConnectionsAreClosedAfterALongerTime() {
        ServerOptions options;
        options.limits.headerDeadline = 100ms;
        options.limits.idleDeadline = 600ms;
        const Echo echo(options);
        RawClient client(echo.port());
        QVERIFY(client.send(get("/a")));
        QCOMPARE(RawClient::status(client.readResponse()), 200);
        QVERIFY(client.readToEnd(300ms).empty());
        QVERIFY(!client.closed());
        QVERIFY(client.send(get("/b")));
        QCOMPARE(RawClient::status(client.readResponse()), 200);
        client.readToEnd();
        QVERIFY(client.closed());
    }
    void streamsChunks() {
        const Echo echo({}, [](const ServerRequest&, const Responder& to) {
            to.begin({200, {{"Content-Type", "application/json"}}, ""});
            std::thread([to] {
                for (int i = 0; i < 100; ++i) to.write("line " + std::to_string(i) + "\n");
                to.end();
            }).detach();
        });
        RawClient client(echo.port());
        for (int round = 0; round < 2; ++round) {
            QVERIFY(client.send(get("/watch")));
            const std::string response = client.readResponse();
            QVERIFY(response.find("Transfer-Encoding: chunked") != std::string::npos);
            QVERIFY(RawClient::body(response).starts_with("line 0\nline 1\n"));
            QVERIFY(response.ends_with("line 99\n"));
        }
    }
    void tellsWhenAStreamsReaderLeaves() {
        std::promise<void> gone;
        std::promise<Responder> kept;
        const Echo echo({}, [&](const ServerRequest&, const Responder& to) {
            to.onDisconnect([&gone] { gone.set_value(); });
            to.begin({200, {}, ""});
            kept.set_value(to);
        });
        RawClient client(echo.port());
        QVERIFY(client.send(get("/watch")));
        client.readUntil("\r\n\r\n");
        const Responder responder = kept.get_future().get();
        QVERIFY(responder.open());
        client.close();
        QVERIFY(gone.get_future().wait_for(10s) == std::future_status::ready);
        QVERIFY(!responder.open());
        QVERIFY(!responder.write("x"));
    }
    void cutsAReaderThatDoesNotRead() {
        ServerOptions options;
        options.maxQueuedBytesPerStream = 1U << 20U;
        std::promise<bool> refused;
        const Echo echo(options, [&](const ServerRequest&, const Responder& to) {
            to.begin({200, {}, ""});
            std::thread([to, &refused] {
                const std::string block(64U << 10U, 'x');
                bool taken = true;
                for (int i = 0; i < 1000 && taken; ++i) taken = to.write(block);
                refused.set_value(!taken);
            }).detach();
        });
        RawClient client(echo.port());
        QVERIFY(client.send(get("/watch")));
        QVERIFY(refused.get_future().get());
    }
    void anUnansweredRequestGets500() {
        const Echo echo({}, [](const ServerRequest&, const Responder&) {});
        RawClient client(echo.port());
        QVERIFY(client.send(get("/a")));
        QCOMPARE(RawClient::status(client.readResponse()), 500);
    }
    void aThrowingHandlerDoesNotEndTheServer() {
        const Echo echo({}, [](const ServerRequest& r, const Responder& to) {
            if (r.path == "/throw") throw std::runtime_error("x");
            to.send({200, {}, "ok"});
        });
        RawClient client(echo.port());
        QVERIFY(client.send(get("/throw")));
        QCOMPARE(RawClient::status(client.readResponse()), 500);
        RawClient second(echo.port());
        QVERIFY(second.send(get("/fine")));
        QCOMPARE(RawClient::status(second.readResponse()), 200);
    }
    void drainFinishesWhatHasBegun() {
        std::promise<Responder> kept;
        Echo echo({}, [&](const ServerRequest&, const Responder& to) { kept.set_value(to); });
        RawClient idle(echo.port());
        RawClient busy(echo.port());
        QVERIFY(busy.send(get("/slow")));
        const Responder responder = kept.get_future().get();
        auto drained = std::async(std::launch::async, [&] { return echo.server->drain(20s); });
        idle.readToEnd();
        QVERIFY(idle.closed());
        QVERIFY(!RawClient(echo.port()).connected());
        responder.send({200, {}, "done"});
        const std::string answer = busy.readResponse();
        QVERIFY(answer.ends_with("done"));
        QVERIFY(answer.find("Connection: close") != std::string::npos);
        QVERIFY(drained.get());
        QCOMPARE(echo.server->connections(), std::size_t(0));
    }
    void drainGivesUpAfterItsGrace() {
        std::promise<Responder> kept;
        Echo echo({}, [&](const ServerRequest&, const Responder& to) { kept.set_value(to); });
        RawClient busy(echo.port());
        QVERIFY(busy.send(get("/slow")));
        const Responder responder = kept.get_future().get();
        QVERIFY(!echo.server->drain(50ms));
        busy.readToEnd();
        QVERIFY(busy.closed());
    }
    void aResponderMayOutliveItsServer() {
        std::promise<Responder> kept;
        auto echo = std::make_unique<Echo>(ServerOptions{},
                                           [&](const ServerRequest&, const Responder& to) { kept.set_value(to); });
        RawClient client(echo->port());
        QVERIFY(client.send(get("/slow")));
        const Responder responder = kept.get_future().get();
        echo.reset();
        responder.send({200, {}, "too late"});
        client.readToEnd();
        QVERIFY(client.closed());
    }
    /// Again and again on the same descriptor numbers, which the kernel hands out anew at once.
    void anotherThreadAnswersWhileServersComeAndGo() {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::deque<Responder> waiting;
        std::atomic<int> answered = 0;
        const std::jthread answering([&](const std::stop_token& stop) {
            std::unique_lock lock(mutex);
            while (changed.wait(lock, stop, [&] { return !waiting.empty(); })) {
                Responder next = std::move(waiting.front());
                waiting.pop_front();
                lock.unlock();
                next.send({200, {}, "late"});
                ++answered;
                lock.lock();
            }
        });
        constexpr int kServers = 100;
        for (int i = 0; i < kServers; ++i) {
            std::promise<void> taken;
            const Echo echo({}, [&](const ServerRequest&, const Responder& to) {
                {
                    const std::scoped_lock lock(mutex);
                    waiting.push_back(to);
                }
                changed.notify_one();
                taken.set_value();
            });
            RawClient client(echo.port());
            QVERIFY(client.send(get("/slow")));
            taken.get_future().get();
        }
        QTRY_COMPARE(answered.load(), kServers);
    }
    void connectionsBeyondTheLimitWait() {
        ServerOptions options;
        options.limits.maxConnections = 2;
        options.limits.headerDeadline = 400ms;
        const Echo echo(options);
        const RawClient first(echo.port());
        RawClient second(echo.port());
        QVERIFY(second.send("GET / HTTP/1.1\r\n"));  // begun, never finished
        RawClient third(echo.port());
        QVERIFY(third.send(get("/a")));
        QCOMPARE(RawClient::status(third.readResponse()), 200);
        QVERIFY(echo.server->connections() <= 2);
    }
    void saysWhatIsWrongWithTheAddress() {
        const auto log = makeNullLogger();
        const Echo echo;
        const auto taken = HttpServer::start({"127.0.0.1", echo.port(), {}, 1U << 20U, {}}, {}, *log);
        QVERIFY(!taken.has_value());
        QVERIFY(taken.error().message.find(std::to_string(echo.port())) != std::string::npos);
        QVERIFY(HttpServer::start({"localhost.example", 0, {}, 1U << 20U, {}}, {}, *log).error().kind ==
                ErrorKind::Config);
    }
};

CEREBRAL_TEST(HttpServerTest)
#include "http_server_test.moc"
