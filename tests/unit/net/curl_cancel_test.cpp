#include <QtTest/QtTest>
#include <atomic>
#include <latch>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "core/net/curl_transport.h"
#include "tests/support/print.h"
#include "tests/support/raw_server.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::net;
using namespace std::chrono_literals;
using test::RawConnection;
using test::RawServer;

namespace {

void neverAnswer(RawConnection& connection) {
    connection.readRequest();
    connection.waitForPeer();
}

HttpRequest endless(const RawServer& server) {
    HttpRequest request;
    request.url = server.url();
    request.timeout = 0ms;
    return request;
}

class CountingHandler final : public StreamHandler {
public:
    bool onHead(const HttpHead&) override { return alive(); }
    bool onData(std::string_view chunk) override {
        bytes += chunk.size();
        return alive();
    }
    std::size_t bytes = 0;
    std::atomic<bool> returned = false;
    std::atomic<bool> calledAfterReturn = false;

private:
    bool alive() {
        if (returned) calledAfterReturn = true;
        return true;
    }
};

}  // namespace

class CurlCancelTest : public QObject {
    Q_OBJECT
private slots:
    void stopEndsAWaitingRequest() {
        std::latch asked(1);
        const RawServer server([&](RawConnection& connection) {
            connection.readRequest();
            asked.count_down();
            connection.waitForPeer();
        });
        CurlTransport transport;
        std::stop_source stop;
        Result<HttpResponse> response;
        std::jthread caller([&] { response = transport.send(endless(server), stop.get_token()); });
        asked.wait();
        stop.request_stop();
        caller.join();
        COMPARE_ERROR(response, ErrorKind::Cancelled);
    }

    void stoppedBeforehandSendsNothing() {
        const RawServer server(neverAnswer);
        CurlTransport transport;
        std::stop_source stop;
        stop.request_stop();
        COMPARE_ERROR(transport.send(endless(server), stop.get_token()), ErrorKind::Cancelled);
        QCOMPARE(server.connections(), std::size_t{0});
    }

    void handlerMayStopItsOwnStream() {
        const RawServer server([](RawConnection& connection) {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            connection.waitForPeer();
        });
        struct Stopper final : StreamHandler {
            bool onHead(const HttpHead&) override { return true; }
            bool onData(std::string_view) override { return stop.request_stop(); }
            std::stop_source stop;
        } handler;
        CurlTransport transport;
        COMPARE_ERROR(transport.stream(endless(server), handler, handler.stop.get_token()), ErrorKind::Cancelled);
    }

    void destructionEndsEveryExchange() {
        constexpr int kCalls = 8;
        std::latch asked(kCalls);
        const RawServer server([&](RawConnection& connection) {
            connection.readRequest();
            asked.count_down();
            connection.waitForPeer();
        });
        auto transport = std::make_unique<CurlTransport>();
        std::atomic<int> cancelled = 0;
        std::vector<std::jthread> callers;
        for (int i = 0; i < kCalls; ++i) {
            callers.emplace_back([&, raw = transport.get()] {
                const auto response = raw->send(endless(server), {});
                if (!response && response.error().kind == ErrorKind::Cancelled) ++cancelled;
            });
        }
        asked.wait();
        transport.reset();
        callers.clear();
        QCOMPARE(cancelled.load(), kCalls);
    }

    /// Many callers on one transport; streams are cancelled at random points of their life.
    void storm() {
        const RawServer server([](RawConnection& connection) {
            for (std::string request = connection.readRequest(); !request.empty();
                 request = connection.readRequest()) {
                if (request.starts_with("GET /plain")) {
                    if (!connection.answer("plain")) return;
                    continue;
                }
                connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (connection.write("10\r\n0123456789abcdef\r\n")) {
                }
                return;
            }
        });
        CurlTransport transport;
        std::atomic<int> wrong = 0;
        std::atomic<int> streams = 0;
        std::vector<std::jthread> callers;
        for (unsigned worker = 0; worker < 20; ++worker) {
            callers.emplace_back([&, worker] {
                std::mt19937 random(worker);
                for (int round = 0; round < 15; ++round) {
                    HttpRequest plain = endless(server);
                    plain.url = server.url("/plain");
                    const auto response = transport.send(plain, {});
                    if (!response || response->body != "plain") ++wrong;

                    CountingHandler handler;
                    std::stop_source stop;
                    std::jthread stopper([&stop, spins = random() % 20'000] {
                        for (std::atomic<unsigned> i = 0; i < spins; ++i) {
                        }
                        stop.request_stop();
                    });
                    const auto end = transport.stream(endless(server), handler, stop.get_token());
                    handler.returned = true;
                    stopper.join();
                    if (end || end.error().kind != ErrorKind::Cancelled) ++wrong;
                    if (handler.calledAfterReturn) ++wrong;
                    ++streams;
                }
            });
        }
        callers.clear();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(streams.load(), 300);
    }
};

CEREBRAL_TEST(CurlCancelTest)
#include "curl_cancel_test.moc"
